/** The script that starts git-intercom. Its path is put in where a plugin is installed (`harness/launcher.ts`). */
export const launcher = '@LAUNCHER@';
