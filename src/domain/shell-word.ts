/** Texts as words of a POSIX shell (XCU §2.2), for commands that a person or a model is told to type. */

/** In single quotes, whatever it is. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** As it is where that is safe, else in quotes; patterns keep their stars so. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : shellQuoted(text);
}

/** A path from the folder where it is typed: one that begins with a dash would be an option. */
export function pathWord(path: string): string {
  return shellWord(path.startsWith('-') ? `./${path}` : path);
}
