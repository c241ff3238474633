/** What commits of ours did to the records that search keeps track of. What was made by hand counts for nothing. */
import type { Oid } from '../../domain/oid.ts';
import { isSearched, searchedFolders } from '../../domain/search/document.ts';
import { objectEnvironment } from '../git/alternates.ts';
import { isOurs } from '../git/commit.ts';
import { readCommit, type Walking } from '../git/first-parents.ts';
import { inBatches } from '../git/in-batches.ts';
import { logicalPath } from '../git/placement.ts';
import { diffRecords, rootFolder } from '../git/record-tree.ts';
import { runGit } from '../git/run.ts';
import type { TreeReader } from '../git/tree.ts';

/** Of a file; null where there is none. */
export interface PathChange {
  readonly path: string;
  readonly before: Oid | null;
  readonly after: Oid | null;
}

interface Reading extends Walking {
  readonly trees: TreeReader;
}

/** Git compares the trees of many commits quicker than we do; of a few it takes longer to start. */
const compareAloneMax = 40;
const outputBytesMax = 512 * 1024 * 1024;
const timeoutMs = 300_000;

/** Of each commit in turn, in the order given, against its first parent. Rejects where the trees of one cannot be read. */
export async function changesOf(commits: readonly Oid[], reading: Reading): Promise<PathChange[]> {
  const isOurs = await oursAmong(commits, reading);
  const ours = commits.filter((oid) => isOurs.has(oid));
  if (ours.length <= compareAloneMax) return compared(ours, reading);
  const { repository } = reading;
  const folders = searchedFolders.map((folder) => `${rootFolder}/${folder}`);
  const how = ['--first-parent', '--raw', '--no-abbrev', '--no-renames', '-z', '--format=', '--no-show-signature'];
  const args = ['--no-replace-objects', '-c', 'log.showRoot=true', 'log', '--no-walk=unsorted', '--stdin', ...how];
  const { code, stdout } = await runGit(args, {
    gitDir: repository.commonDir,
    environment: objectEnvironment(repository),
    input: `${ours.join('\n')}\n--\n${folders.join('\n')}\n`,
    maxOutputBytes: outputBytesMax,
    timeoutMs,
  });
  return code === 0 ? parsed(stdout.toString('utf8')) : compared(ours, reading);
}

async function oursAmong(commits: readonly Oid[], { objects }: Reading): Promise<Set<Oid>> {
  const found = await inBatches(commits, async (oid) => {
    const commit = (await readCommit(oid, objects))?.commit;
    return commit !== undefined && isOurs(commit) ? [oid] : [];
  });
  return new Set(found.flat());
}

async function compared(commits: readonly Oid[], { objects, trees }: Reading): Promise<PathChange[]> {
  const changes: PathChange[] = [];
  for (const oid of commits) {
    const commit = (await readCommit(oid, objects))?.commit;
    const parent = (await readCommit(commit?.parents[0], objects))?.commit;
    for (const folder of searchedFolders) {
      for await (const { path, before, after } of diffRecords(trees, parent?.tree, commit?.tree, folder)) {
        if (isSearched(path)) changes.push({ path, before: before?.oid ?? null, after: after?.oid ?? null });
      }
    }
  }
  return changes;
}

/** `:100644 100644 <before> <after> M\0<file>\0` for each (git-diff(1), raw output). */
function parsed(output: string): PathChange[] {
  const tokens = output.split('\0');
  const changes: PathChange[] = [];
  for (let n = 0; n + 1 < tokens.length; n++) {
    const meta = /:\d{6} \d{6} ([0-9a-f]{40}) ([0-9a-f]{40}) [A-Z]\d*$/.exec(tokens[n] as string);
    if (meta === null) continue;
    const path = logicalPath((tokens[++n] as string).slice(rootFolder.length + 1));
    const [before, after] = meta.slice(1).map((oid) => (/^0+$/.test(oid) ? null : (oid as Oid)));
    if (path !== undefined && isSearched(path)) changes.push({ path, before: before ?? null, after: after ?? null });
  }
  return changes;
}
