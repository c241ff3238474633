/** What `doctor` says of the branch's commits: one that is missing, those made by hand, merges. Reads only. */
import type { Oid } from '../../domain/oid.ts';
import { counted, listed } from '../../domain/text.ts';
import type { Finding } from '../port.ts';
import { isOurs } from './commit.ts';
import { firstParents } from './first-parents.ts';
import type { Repository } from './locate.ts';
import type { ObjectReader } from './objects.ts';

/** A whole history may be long; what is wrong is nearly always recent. */
const commitsLookedAt = 1_000;

interface Walk {
  /** On top, with nothing of ours above. */
  readonly latest: ByHand[];
  /** A commit of ours came after them, on the tree from before them. */
  readonly undone: ByHand[];
  readonly hasOurs: boolean;
  readonly missing: Oid | undefined;
}

interface ByHand {
  readonly oid: Oid;
  readonly isMerge: boolean;
}

export async function inspectHistory(
  { isShallow }: Repository,
  objects: ObjectReader,
  tip: Oid,
): Promise<readonly Finding[]> {
  const { latest, undone, hasOurs, missing } = await walk(objects, tip);
  if (missing !== undefined && !isShallow) {
    const next = 'Run git intercom doctor --fix; if it stays, fetch the branch from another clone.';
    return [{ level: 'error', what: `The commit ${missing} of the coordination branch is missing.`, next }];
  }
  return [...(hasOurs ? ignored(latest) : obeyed(latest)), ...past(undone)];
}

async function walk(objects: ObjectReader, tip: Oid): Promise<Walk> {
  const latest: ByHand[] = [];
  const undone: ByHand[] = [];
  let hasOurs = false;
  const commits = firstParents(objects, tip);
  for (let n = 0; n < commitsLookedAt; n++) {
    const next = await commits.next();
    if (next.done) return { latest, undone, hasOurs, missing: next.value };
    const { oid, commit } = next.value;
    if (isOurs(commit)) hasOurs = true;
    else (hasOurs ? undone : latest).push({ oid, isMerge: commit.parents.length > 1 });
  }
  return { latest, undone, hasOurs: true, missing: undefined };
}

function ignored(commits: readonly ByHand[]): Finding[] {
  return found(commits, (named, was, latest) => ({
    level: 'warning',
    what: `${named} on the coordination branch ${was} made by hand: shown, and not obeyed.`,
    next: `Look with git show ${latest} what was meant, and do it with git intercom. The next claim or message, or git intercom doctor --fix, puts it aside.`,
  }));
}

function obeyed(commits: readonly ByHand[]): Finding[] {
  return found(commits, (named, was, latest) => ({
    level: 'warning',
    what: `${named} on the coordination branch ${was} made by hand, and none of git-intercom is known before: the branch counts as it is.`,
    next: `Look at it with git show ${latest}. In a shallow clone, fetch more of the branch.`,
  }));
}

function past(commits: readonly ByHand[]): Finding[] {
  return found(commits, (named, was, latest) => ({
    level: 'info',
    what: `${named} in the history of the coordination branch ${was} made by hand, and never counted.`,
    next: `Nothing needs to be done; git show ${latest} shows what it was.`,
  }));
}

function found(
  commits: readonly ByHand[],
  say: (named: string, was: 'was' | 'were', latest: string) => Finding,
): Finding[] {
  const [latest] = commits;
  if (latest === undefined) return [];
  const names = commits.map(({ oid, isMerge }) => `${oid.slice(0, 12)}${isMerge ? ' (a merge)' : ''}`);
  const isOne = commits.length === 1;
  const named = isOne ? `The commit ${names[0]}` : `${counted(commits.length, 'commit')} (${listed(names, 3)})`;
  return [say(named, isOne ? 'was' : 'were', latest.oid.slice(0, 12))];
}
