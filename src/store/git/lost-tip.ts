/**
 * Where the branch was, when its ref is torn or names what is missing: the projection's stamp, packed refs, what this
 * clone keeps of its remote and what git finds dangling are asked. It is what comes after the stamp's tip, as far as that
 * goes; where no stamp is left, the longest history. In place of what was never published is what it was to go on from.
 */
import { isOid, type Oid } from '../../domain/oid.ts';
import { objectEnvironment } from './alternates.ts';
import { readWhole } from './branch-root.ts';
import { firstParents } from './first-parents.ts';
import type { Repository } from './locate.ts';
import type { ObjectReader } from './objects.ts';
import { readPackedRef } from './packed-refs.ts';
import { readRef } from './refs.ts';
import { runGit } from './run.ts';
import { fetchedRef, syncedRef, unpushedRef } from './synced-refs.ts';
import type { TreeReader } from './tree.ts';
import { unpublishedIn } from './unpublished.ts';

interface Asked {
  readonly repository: Repository;
  readonly ref: string;
  /** Of the remote's branch, by a fetch of a person. */
  readonly tracking: string;
  readonly objects: ObjectReader;
  readonly trees: TreeReader;
  /** `intercom/` in the common git directory. */
  readonly dir: string;
  /** What the projection stands for. */
  readonly stamped: Oid | undefined;
}

const fsckTimeoutMs = 120_000;

/** Undefined where nothing is left of the branch. */
export async function findLostTip(asked: Asked): Promise<Oid | undefined> {
  const unpublished = unpublishedIn(asked.dir);
  const dangling = (await danglingCommits(asked.repository)).map((tip) => publishedBefore(tip, unpublished));
  const known = await longest([asked.stamped, ...(await namedTips(asked)), ...dangling], asked);
  // What was fetched and not followed yet lacks what is recorded here alone.
  return known ?? longest([await readIfWhole(() => readRef(asked.repository, fetchedRef))], asked);
}

async function longest(tips: readonly (Oid | undefined)[], asked: Asked): Promise<Oid | undefined> {
  const histories: History[] = [];
  for (const tip of new Set(tips)) {
    const history = tip === undefined ? undefined : await readHistory(tip, asked);
    if (history !== undefined) histories.push(history);
  }
  histories.sort((a, b) => Number(b.hasStamped) - Number(a.hasStamped) || b.commits - a.commits);
  return histories[0]?.tip;
}

function publishedBefore(tip: Oid, unpublished: ReadonlyMap<Oid, Oid>): Oid {
  const passed = new Set<Oid>();
  let at = tip;
  for (let before = unpublished.get(at); before !== undefined && !passed.has(at); before = unpublished.get(at)) {
    passed.add(at);
    at = before;
  }
  return at;
}

interface History {
  readonly tip: Oid;
  readonly commits: number;
  readonly hasStamped: boolean;
}

/** Undefined for what is no tip of ours, or not whole. */
async function readHistory(tip: Oid, { objects, trees, ref, stamped }: Asked): Promise<History | undefined> {
  try {
    await readWhole(objects, trees, tip, ref);
  } catch {
    return undefined;
  }
  let commits = 0;
  let hasStamped = false;
  for await (const { oid } of firstParents(objects, tip)) {
    hasStamped ||= oid === stamped;
    commits++;
  }
  return { tip, commits, hasStamped };
}

async function namedTips({ repository, ref, tracking }: Asked): Promise<(Oid | undefined)[]> {
  const kept = [tracking, syncedRef, unpushedRef].map((each) => readIfWhole(() => readRef(repository, each)));
  return Promise.all([readIfWhole(async () => readPackedRef(repository.commonDir, ref)), ...kept]);
}

async function readIfWhole(read: () => Promise<Oid | null>): Promise<Oid | undefined> {
  try {
    return (await read()) ?? undefined;
  } catch {
    return undefined;
  }
}

/** git walks the whole repository for it, which may take long; it is asked only where a branch is lost. */
async function danglingCommits(repository: Repository): Promise<Oid[]> {
  const { stdout } = await runGit(['fsck', '--connectivity-only', '--no-reflogs', '--no-progress', '--dangling'], {
    gitDir: repository.commonDir,
    environment: objectEnvironment(repository),
    timeoutMs: fsckTimeoutMs,
  });
  const found = stdout.toString('latin1').matchAll(/^dangling commit (.+)$/gm);
  return [...found].map(([, oid = '']) => oid).filter(isOid);
}
