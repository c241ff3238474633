/** Names that are files and folders of the branch: what Windows cannot have, nobody there could check out. */

/** Devices, with any ending: git for Windows refuses a tree that has one (`is_valid_win32_path` in compat/mingw.c). */
const device = /^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|$)/i;

/** Undefined where Windows takes the name, of letters, digits, dots, dashes and underscores; else the reason why not. */
export function whyNoFileName(text: string): string | undefined {
  if (device.test(text)) return 'Windows has no file of that name';
  return text.endsWith('.') ? 'a name does not end with a dot' : undefined;
}
