/** What a record was before: read from the commits that name it, which is quicker than comparing the tree of each. */
import type { Oid } from '../../domain/oid.ts';
import type { AnyRecord } from '../../domain/record/record.ts';
import { objectEnvironment } from './alternates.ts';
import { isOurs, type ParsedCommit, parseCommit } from './commit.ts';
import type { Repository } from './locate.ts';
import type { ObjectReader } from './objects.ts';
import type { RecordReader } from './record-reader.ts';
import { findEntry } from './record-tree.ts';
import { runGit } from './run.ts';
import type { TreeReader } from './tree.ts';

interface Reading {
  readonly repository: Repository;
  readonly objects: ObjectReader;
  readonly trees: TreeReader;
  readonly records: RecordReader;
}

/** Commits read one by one before git is asked to look through the rest: less than it costs to start git. */
const readAloneMax = 300;

/**
 * Newest first, along the first parent; each content that stood there, once in a row. Ends at the root, or where a
 * shallow clone has no more. Only commits of ours whose trailers have the record's id count.
 */
export async function* pastRecords(reading: Reading, tip: Oid, path: string): AsyncIterable<AnyRecord> {
  const id = path.slice(path.lastIndexOf('/') + 1);
  let last: Oid | undefined;
  for await (const commit of commitsNaming(id, tip, reading)) {
    const entry = await findEntry(reading.trees, commit.tree, path);
    if (entry === undefined || entry.oid === last) continue;
    last = entry.oid;
    yield await reading.records.read(path, entry);
  }
}

async function* commitsNaming(id: string, tip: Oid, reading: Reading): AsyncIterable<ParsedCommit> {
  let oid: Oid | undefined = tip;
  for (let count = 0; oid !== undefined; count++) {
    const found = count === readAloneMax ? await foundByGit(id, oid, reading) : undefined;
    if (found !== undefined) {
      for (const each of found) {
        const commit = await read(each, reading);
        if (commit !== undefined && isNaming(commit, id)) yield commit;
      }
      return;
    }
    const commit: ParsedCommit | undefined = await read(oid, reading);
    if (commit === undefined) return;
    if (isNaming(commit, id)) yield commit;
    oid = commit.parents[0];
  }
}

function isNaming(commit: ParsedCommit, id: string): boolean {
  return isOurs(commit) && commit.trailers.some(([name, value]) => name === 'Id' && value === id);
}

async function read(oid: Oid, { objects }: Reading): Promise<ParsedCommit | undefined> {
  const object = await objects.find(oid);
  return object?.type === 'commit' ? parseCommit(object.content) : undefined;
}

/** From this commit back. Undefined where git is not installed, or lacks a commit that is still in flight. */
async function foundByGit(id: string, from: Oid, { repository }: Reading): Promise<Oid[] | undefined> {
  // What the pattern lets through beyond the id is dropped when the commit is read.
  const args = ['--no-replace-objects', 'rev-list', '--first-parent', `--grep=^Intercom-Id: ${id}$`, from];
  const { code, stdout } = await runGit(args, {
    gitDir: repository.commonDir,
    environment: objectEnvironment(repository),
  });
  return code === 0 ? (stdout.toString('latin1').split('\n').filter(Boolean) as Oid[]) : undefined;
}
