/**
 * The files of a patch in the `apply_patch` form (Codex, OpenCode): `*** Add|Update|Delete File: path`, and for a file that
 * is renamed `*** Move to: path`. Lines of content begin with a blank, `+`, `-` or `@@`, so none is taken for a header.
 */
const header = /^\*\*\* (?:(?:Add|Update|Delete) File|Move to): (.+?)\s*$/gm;

export function pathsInPatch(patch: string): string[] {
  return [...new Set([...patch.matchAll(header)].map(([, path]) => path as string))];
}
