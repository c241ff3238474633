/** What commits added, asked of the real git for many at once: reading the trees of each to compare them costs more. */
import { isOid, type Oid } from '../../domain/oid.ts';
import { objectEnvironment } from './alternates.ts';
import type { Repository } from './locate.ts';
import { logicalPath } from './placement.ts';
import { type EntryChange, rootFolder } from './record-tree.ts';
import { runGit } from './run.ts';
import { fileMode } from './tree.ts';

const words = ['--no-replace-objects', 'diff-tree', '--stdin', '-r', '-z', '--raw', '--no-renames', '--no-abbrev'];

/**
 * By commit, against its parent, attachments included. A commit that did anything else is not in the answer, nor is a
 * merge, nor one that git lacks, for it may still be in flight; where git is not installed, none is.
 */
export async function addedFiles(
  commits: readonly Oid[],
  repository: Repository,
): Promise<ReadonlyMap<Oid, readonly EntryChange[]>> {
  const { code, stdout, isCut } = await runGit(words, {
    gitDir: repository.commonDir,
    environment: objectEnvironment(repository),
    input: `${commits.join('\n')}\n`,
  });
  return code === 0 && !isCut ? parse(stdout.toString('utf8').split('\0')) : new Map();
}

/** `<commit>`, then for each file `:<mode> <mode> <oid> <oid> <status>` and its path (git-diff-tree(1)). */
function parse(fields: readonly string[]): Map<Oid, EntryChange[]> {
  const byCommit = new Map<Oid, EntryChange[]>();
  const other = new Set<Oid>();
  let commit: Oid | undefined;
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at] ?? '';
    if (isOid(field)) commit = field;
    else if (field.startsWith(':') && commit !== undefined) {
      const added = addedBy(field, fields[++at] ?? '');
      if (added === undefined) other.add(commit);
      // Not before: a commit that git lacks it says back, and nothing else of it.
      else if (byCommit.get(commit)?.push(added) === undefined) byCommit.set(commit, [added]);
    }
  }
  for (const each of other) byCommit.delete(each);
  return byCommit;
}

function addedBy(change: string, file: string): EntryChange | undefined {
  const [, mode, , oid = '', status] = change.split(' ');
  const isBelow = file.startsWith(`${rootFolder}/`);
  const path = isBelow ? logicalPath(file.slice(rootFolder.length + 1)) : undefined;
  if (status !== 'A' || mode !== fileMode || path === undefined || !isOid(oid)) return undefined;
  return { path, before: undefined, after: { mode, name: file.slice(file.lastIndexOf('/') + 1), oid } };
}
