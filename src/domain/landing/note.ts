/**
 * What a release leaves behind when its branch holds commits on the paths that the default branch lacks: a landing note,
 * so that whoever claims there next is warned, and not refused, until the work is merged.
 */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { claimPathsBytesMax, pathsPerClaimMax } from '../limits.ts';
import { localPattern } from '../pattern/repository.ts';
import { isResource } from '../pattern/resource.ts';
import { landingFolder, landingPath } from '../record/path.ts';
import { type Claimed, withPaths } from '../record/patterns.ts';
import type { ClaimRecord, LandingRecord } from '../record/record.ts';

/** Found out before the decision: where the branch stands, and how many of its commits on the paths are not merged. */
export interface Unmerged {
  readonly tip: string;
  readonly commits: number;
}

/**
 * `claim` has just those of its paths that are released. Nothing without a branch or an unmerged commit,
 * and nothing of the paths of another repository. A branch is merged
 * as a whole, so an agent has one note for it, which grows; beyond the bound of paths another one begins.
 */
export function noteLanding(draft: Draft, claim: ClaimRecord, unmerged: Unmerged | undefined, context: Context): void {
  const { branch } = claim;
  const work = withPaths(
    claim,
    claim.paths.filter((path) => !isResource(path) && localPattern(path, context.actor.repository) !== undefined),
  );
  if (branch === undefined || unmerged === undefined || unmerged.commits === 0 || work.paths.length === 0) return;
  const known = noteOf(draft, claim, context);
  const together = known === undefined ? work : united(known, work);
  const grows = known !== undefined && isBounded(together.paths);
  const { paths, files } = grows ? together : work;
  const id = grows ? known.id : context.newId();
  draft.put(landingPath(id), {
    ...(grows ? known : { v: 1, id, kind: 'landing', since: context.now }),
    agent: claim.agent,
    at: context.now,
    uid: claim.uid,
    paths,
    files,
    why: claim.why ?? (grows ? known.why : undefined),
    branch,
    worktree: claim.worktree,
    host: claim.host,
    tip: unmerged.tip,
    commits: grows ? Math.max(known.commits, unmerged.commits) : unmerged.commits,
  } as LandingRecord);
}

/** In a hub a person may have branches of one name in two repositories. */
function noteOf(draft: Draft, { uid, branch, host }: ClaimRecord, { actor }: Context): LandingRecord | undefined {
  const notes = [...draft.folder(landingFolder)].filter((record) => record.kind === 'landing');
  return notes
    .filter((note) => note.uid === uid && note.branch === branch && note.host === host)
    .filter(({ paths }) => paths.every((path) => localPattern(path, actor.repository) !== undefined))
    .sort((a, b) => (a.id < b.id ? 1 : -1))[0];
}

function isBounded(paths: readonly string[]): boolean {
  const bytes = new TextEncoder().encode(paths.join('')).length;
  return paths.length <= pathsPerClaimMax && bytes <= claimPathsBytesMax;
}

/** A path that one of them holds as a folder is held so. */
function united(note: LandingRecord, claim: Claimed): Pick<LandingRecord, 'paths' | 'files'> {
  const paths = [...new Set([...note.paths, ...claim.paths])];
  const isFile = (path: string) =>
    [note, claim].every((each) => !each.paths.includes(path) || each.files?.includes(path) === true);
  const files = paths.filter(isFile);
  return { paths, files: files.length > 0 ? files : undefined };
}
