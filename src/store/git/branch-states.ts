/**
 * What became of branches: asked of the real git, and answered only where this clone can know.
 *
 * A branch that is not here may be unpushed, or never fetched: it counts as deleted only where the clone that had it can
 * see that it is gone. A branch without commits of its own looks merged as soon as the main branch moves on: it counts
 * as merged only when something of it came into the main branch since work was begun, be it squashed or rebased.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AskedBranch, BranchState } from '../port.ts';
import { type AskGit, askGit } from './ask-git.ts';
import { landedOtherwise } from './landed-otherwise.ts';
import type { Repository } from './locate.ts';
import { listWorktrees, type Worktree } from './worktrees.ts';

const own = 'refs/heads/';
const remote = 'refs/remotes/origin/';

interface Known {
  /** Where each branch is, by its name; the local one where there are both. */
  readonly refs: ReadonlyMap<string, string>;
  readonly merged: ReadonlySet<string>;
  readonly base: string | null;
  readonly baseTip: string;
  /** The history of the base ends early: a shallow checkout. */
  readonly isCut: boolean;
  readonly worktrees: readonly Worktree[];
  /** Every branch of the remote is fetched, or there is no remote. */
  readonly seesAll: boolean;
  /** Whether a branch's work is on another in another form; asked once for all claims of the branch. */
  readonly landed: (ref: string, on: string) => ReturnType<typeof landedOtherwise>;
}

/** `base` is the ref of the main branch, or null. */
export async function readBranchStates(
  repository: Repository,
  base: string | null,
  asked: readonly AskedBranch[],
): Promise<BranchState[]> {
  if (asked.length === 0) return [];
  const git = askGit(repository);
  const known = await lookAround(repository, base, git);
  if (known === undefined) return asked.map(() => 'uncertain');
  const states: BranchState[] = [];
  for (const each of asked) states.push(await stateOf(each, known, git));
  return states;
}

/** Only where this clone can see that it is gone. */
export async function isBranchDeleted(repository: Repository, base: string, asked: AskedBranch): Promise<boolean> {
  const known = await lookAround(repository, base, askGit(repository));
  return known !== undefined && !known.refs.has(asked.branch) && withoutRef(asked, known) === 'deleted';
}

async function lookAround(repository: Repository, base: string | null, git: AskGit): Promise<Known | undefined> {
  const listing = ['for-each-ref', '--format=%(refname)', own, remote];
  const refs = await git(listing);
  const merged = base === null ? '' : await git([...listing, `--merged=${base}`]);
  if (refs === undefined || merged === undefined) return undefined;
  const isCut = base !== null && repository.isShallow && (await isHistoryCut(repository, base, git));
  const onceByRef = new Map<string, ReturnType<Known['landed']>>();
  return {
    refs: namesOf(refs),
    merged: new Set(namesOf(merged).values()),
    base,
    baseTip: base === null ? '' : ((await git(['rev-parse', '--verify', '--quiet', `${base}^{commit}`])) ?? ''),
    isCut,
    worktrees: await listWorktrees(repository),
    seesAll: !isCut && (await fetchesAll(git)),
    landed: (ref, on) => {
      const key = `${on} ${ref}`;
      const once = onceByRef.get(key) ?? landedOtherwise({ tip: ref, base: on, pathspecs: [] }, repository);
      onceByRef.set(key, once);
      return once;
    },
  };
}

async function stateOf(asked: AskedBranch, known: Known, git: AskGit): Promise<BranchState> {
  const { base, isCut } = known;
  const ref = known.refs.get(asked.branch);
  if (ref === undefined) return withoutRef(asked, known);
  if (base === null) return 'uncertain';
  if (nameOf(base) === asked.branch) return 'live';
  const sinceSeconds = Math.floor(asked.sinceMs / 1000);
  const before = await git(['rev-list', '-1', '--first-parent', `--min-age=${sinceSeconds - 1}`, base]);
  if (before === undefined || (before === '' && isCut)) return 'uncertain';
  const work = { ref, base, before, sinceSeconds };
  return known.merged.has(ref) ? mergedSince(work, git) : landedSince(work, known);
}

interface Work {
  readonly ref: string;
  readonly base: string;
  /** Where the main branch was when work was begun; empty when it was not yet. */
  readonly before: string;
  readonly sinceSeconds: number;
}

function withoutRef({ branch, worktree }: AskedBranch, { worktrees, seesAll }: Known): BranchState {
  // A branch without a commit has no ref yet.
  if (worktrees.some((each) => each.branch === branch)) return 'live';
  if (worktree === null) return 'absent';
  if (worktrees.some(({ path }) => path === worktree)) return 'deleted';
  return seesAll && !existsSync(worktree) ? 'deleted' : 'absent';
}

async function mergedSince({ ref, base, before, sinceSeconds }: Work, git: AskGit): Promise<BranchState> {
  if (before !== '' && (await git(['merge-base', '--is-ancestor', ref, before])) !== undefined) return 'live';
  const tip = (await git(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`])) ?? '';
  const mainLine = await git(['rev-list', '--first-parent', base, `^${ref}^@`]);
  if (mainLine === undefined) return 'uncertain';
  if (!mainLine.split('\n').includes(tip)) return 'merged';
  return (await hasOwnCommits(ref, sinceSeconds, git)) ? 'merged' : 'live';
}

/** Squashed, rebased or picked: where the main branch has not moved since, nothing can have come into it. */
async function landedSince({ ref, base, before }: Work, known: Known): Promise<BranchState> {
  if (before !== known.baseTip && (await known.landed(ref, base)) === 'landed') {
    return before !== '' && (await known.landed(ref, before)) === 'landed' ? 'live' : 'merged';
  }
  return known.isCut ? 'uncertain' : 'live';
}

/**
 * On the main line itself there is no merge to see: either the main branch was fast-forwarded to the branch, or the
 * branch to the main one. The reflog of the clone where the work was done knows.
 */
async function hasOwnCommits(ref: string, sinceSeconds: number, git: AskGit): Promise<boolean> {
  const log = await git(['log', '--walk-reflogs', '--date=unix', '--format=%gd %gs', ref, '--']);
  return (log ?? '').split('\n').some((line) => {
    const [, seconds, what = ''] = /@\{(\d+)\} (.*)$/.exec(line) ?? [];
    return Number(seconds) >= sinceSeconds && /^(?:commit(?! \(merge\))|cherry-pick|revert|am)\b/.test(what);
  });
}

/** A coordination branch that was fetched shallowly makes the whole clone shallow; what counts is the main branch. */
async function isHistoryCut({ commonDir }: Repository, base: string, git: AskGit): Promise<boolean> {
  const ends = readFileSync(join(commonDir, 'shallow'), 'latin1').split('\n');
  const roots = await git(['rev-list', '--max-parents=0', base]);
  return roots === undefined || roots.split('\n').some((root) => root !== '' && ends.includes(root));
}

async function fetchesAll(git: AskGit): Promise<boolean> {
  if ((await git(['config', '--get', 'remote.origin.url'])) === undefined) return true;
  const refspecs = (await git(['config', '--get-all', 'remote.origin.fetch'])) ?? '';
  return refspecs.split('\n').some((refspec) => /^\+?refs\/(?:heads\/)?\*:/.test(refspec));
}

/** The local branches come last and win. */
function namesOf(refs: string): Map<string, string> {
  const lines = refs.split('\n').filter((ref) => ref !== '' && ref !== `${remote}HEAD`);
  return new Map(lines.toSorted((a, b) => (a < b ? 1 : -1)).map((ref) => [nameOf(ref), ref]));
}

function nameOf(ref: string): string {
  return ref.startsWith(own) ? ref.slice(own.length) : ref.slice(remote.length);
}
