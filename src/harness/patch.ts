/**
 * The files of a patch in the `apply_patch` form (Codex, OpenCode): `*** Add|Update|Delete File: path`, and for a file that
 * is renamed `*** Move to: path`. Lines of content begin with a blank, `+`, `-` or `@@`, so none is taken for a header;
 * but Codex takes a header with blanks before it where no file is being changed.
 */
const header = /^(\s*)\*\*\* (?:(Add|Update|Delete) File|Move to): (.+?)\s*$/;

export function pathsInPatch(patch: string): string[] {
  const paths = new Set<string>();
  let isChanging = false;
  for (const line of patch.split('\n')) {
    const [, padding, kind, path] = header.exec(line) ?? [];
    if (path === undefined || (padding !== '' && (isChanging || kind === undefined))) continue;
    paths.add(path);
    if (kind !== undefined) isChanging = kind === 'Update';
  }
  return [...paths];
}
