/**
 * Virtual resources: things claimed like paths that are no files, such as `port:5432` or `deploy:staging`.
 *
 * The scheme has two characters or more, lower case, so that a drive letter is none. A file of such a name is written
 * `./port:5432`.
 */

const resourceForm = /^[a-z][a-z0-9_-]+:(?!\/\/)./su;
const urlForm = /^[a-z][a-z0-9_-]+:\/\//u;

export function isResource(text: string): boolean {
  return resourceForm.test(text);
}

export function isUrl(text: string): boolean {
  return urlForm.test(text);
}

/** As in repository.ts, which knows more of it. */
const qualifiedForm = /^[a-z][a-z0-9_-]+~[0-9a-f]{8}:\//u;

/** The text of a file's pattern, such that it is read as one. */
export function asFile(text: string): string {
  return isResource(text) || isUrl(text) || qualifiedForm.test(text) ? `./${text}` : text;
}
