// git-intercom for OpenCode. Written by "git intercom init", taken away by "git intercom remove".
export const Intercom = async () => ({});
