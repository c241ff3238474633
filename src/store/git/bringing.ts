/** Which commits brought messages to the branch: of those that name one, the first that has its record. */
import type { Oid } from '../../domain/oid.ts';
import { messagePath } from '../../domain/record/path.ts';
import type { AnyRecord } from '../../domain/record/record.ts';
import { objectEnvironment } from './alternates.ts';
import { isOurs, parseCommit } from './commit.ts';
import type { Repository } from './locate.ts';
import type { ObjectReader } from './objects.ts';
import type { RecordReader } from './record-reader.ts';
import { findEntry } from './record-tree.ts';
import { runGit } from './run.ts';
import type { TreeReader } from './tree.ts';

export interface Brought {
  readonly oid: Oid;
  readonly isSigned: boolean;
  /** As it was brought. */
  readonly record: AnyRecord;
}

interface Reading {
  readonly repository: Repository;
  readonly objects: ObjectReader;
  readonly trees: TreeReader;
  readonly records: RecordReader;
}

/** Commits read one by one before git is asked to look through the rest: less than it costs to start git. */
const readAloneMax = 300;

/** So many ids in one call of git, far below what a command line may have. */
const idsPerCall = 500;

/**
 * By id, along the first parent. What no commit of ours brought, or one that a shallow clone lacks or whose parent it lacks,
 * is not in the answer.
 */
export async function bringing(
  ids: ReadonlySet<string>,
  tip: Oid,
  reading: Reading,
): Promise<ReadonlyMap<string, Brought>> {
  const brought = new Map<string, Brought>();
  const look = async (oid: Oid): Promise<Oid | undefined> => {
    const object = await reading.objects.find(oid);
    if (object?.type !== 'commit') return undefined;
    const commit = parseCommit(object.content);
    const named = isOurs(commit)
      ? commit.trailers.flatMap(([name, id]) => (name === 'Id' && ids.has(id) ? [id] : []))
      : [];
    for (const id of named) {
      if (brought.has(id) || !(await isFirst(id, commit.parents[0], reading))) continue;
      const entry = await findEntry(reading.trees, commit.tree, messagePath(id));
      if (entry === undefined) continue;
      const record = await reading.records.read(messagePath(id), entry);
      brought.set(id, { oid, isSigned: isSigned(object.content), record });
    }
    return commit.parents[0];
  };
  let oid: Oid | undefined = tip;
  for (let count = 0; oid !== undefined && count < readAloneMax && brought.size < ids.size; count++)
    oid = await look(oid);
  if (oid === undefined) return brought;
  const rest = [...ids].filter((id) => !brought.has(id));
  for (let n = 0; n < rest.length; n += idsPerCall) {
    for (const found of await namedBefore(oid, rest.slice(n, n + idsPerCall), reading)) await look(found);
  }
  return brought;
}

/** Whether the commit has a signature, as git writes one into its head (gpg-interface.c). */
export function isSigned(commit: Buffer): boolean {
  const end = commit.indexOf('\n\n');
  return /^gpgsig(?:-sha256)? /m.test(commit.subarray(0, end < 0 ? commit.length : end).toString('latin1'));
}

async function isFirst(id: string, parent: Oid | undefined, { objects, trees }: Reading): Promise<boolean> {
  const object = parent === undefined ? undefined : await objects.find(parent);
  if (object?.type !== 'commit') return false;
  return (await findEntry(trees, parseCommit(object.content).tree, messagePath(id))) === undefined;
}

/** From this commit back, oldest first. None where git is not installed. */
async function namedBefore(from: Oid, ids: readonly string[], { repository }: Reading): Promise<Oid[]> {
  const patterns = ids.map((id) => `--grep=Intercom-Id: ${id}`);
  const args = [
    '--no-replace-objects',
    'rev-list',
    '--first-parent',
    '--reverse',
    '--fixed-strings',
    ...patterns,
    from,
  ];
  const { code, stdout } = await runGit(args, {
    gitDir: repository.commonDir,
    environment: objectEnvironment(repository),
  });
  return code === 0 ? (stdout.toString('latin1').split('\n').filter(Boolean) as Oid[]) : [];
}
