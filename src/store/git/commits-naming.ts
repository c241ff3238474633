/** The commits that changed a record, found by the id in their trailers: quicker than comparing the tree of each. */
import type { Oid } from '../../domain/oid.ts';
import { isOurs } from './commit.ts';
import { firstParents, readAloneMax, readCommit, revList, type Walked, type Walking } from './first-parents.ts';
import type { RecordReader } from './record-reader.ts';
import type { TreeReader } from './tree.ts';

export interface RecordWalking extends Walking {
  readonly trees: TreeReader;
  readonly records: RecordReader;
}

export interface Naming extends Walked {
  /** Those of the ids that it names. */
  readonly ids: readonly string[];
}

/** So many ids in one call of git, far below what a command line may have. */
const idsPerCall = 500;

/**
 * Commits of ours alone. Along the first parent, newest first among the first three hundred and for each five hundred
 * ids beyond; ends at the root, or where a shallow clone has no more. Ids that are taken out of the set meanwhile are
 * no longer looked for.
 */
export async function* commitsNaming(
  ids: ReadonlySet<string>,
  tip: Oid,
  walking: Walking,
): AsyncGenerator<Naming, void> {
  let count = 0;
  for await (const walked of firstParents(walking.objects, tip)) {
    if (ids.size === 0) return;
    const found = count === readAloneMax ? await namedBefore(walked.oid, [...ids], walking) : undefined;
    count++;
    if (found !== undefined) {
      yield* namedIn(found, ids, walking);
      return;
    }
    const naming = namingOf(walked, ids);
    if (naming !== undefined) yield naming;
  }
}

async function* namedIn(oids: readonly Oid[], ids: ReadonlySet<string>, { objects }: Walking): AsyncGenerator<Naming> {
  for (const oid of oids) {
    const walked = await readCommit(oid, objects);
    const naming = walked && namingOf(walked, ids);
    if (naming !== undefined) yield naming;
  }
}

function namingOf(walked: Walked, ids: ReadonlySet<string>): Naming | undefined {
  if (!isOurs(walked.commit)) return undefined;
  const named = walked.commit.trailers.flatMap(([name, id]) => (name === 'Id' && ids.has(id) ? [id] : []));
  return named.length === 0 ? undefined : { ...walked, ids: named };
}

/** From this commit back; what the patterns let through beyond the ids is dropped when the commit is read. */
async function namedBefore(from: Oid, ids: readonly string[], walking: Walking): Promise<Oid[] | undefined> {
  const found: Oid[] = [];
  for (let n = 0; n < ids.length; n += idsPerCall) {
    const patterns = ids.slice(n, n + idsPerCall).map((id) => `--grep=Intercom-Id: ${id}`);
    const some = await revList(['--fixed-strings', ...patterns, from], walking);
    if (some === undefined) return undefined;
    found.push(...some);
  }
  return found;
}
