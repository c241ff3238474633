// git-intercom for pi. Written by "git intercom init", taken away by "git intercom remove".
// biome-ignore lint/style/noDefaultExport: pi loads the default export
export default function intercom(): void {}
