/**
 * Whether finished work has come into the default branch: asked of the real git, with a bound on each question. The code's
 * branches are never fetched for it: what was fetched last is what is known.
 *
 * Merged has four forms, the cheap ones first: the commit is an ancestor; what it changed on the paths looks the same on
 * the default branch; or one commit of the default branch has the same change, as a squash merge has it (git-patch-id(1)).
 */
import type { Unmerged } from '../../domain/landing/note.ts';
import type { AskedLanding, LandingState } from '../port.ts';
import { readBranchStates } from './branch-states.ts';
import type { Repository } from './locate.ts';
import { pathspecs } from './pathspecs.ts';
import { runGit } from './run.ts';

const timeoutMs = 10_000;
/** Of the default branch since the work was begun, on its files: a squash merge is among the latest. */
const squashesLookedAt = 100;
const patchBytesMax = 8 * 1024 * 1024;

interface Where {
  readonly repository: Repository;
  /** Names of remotes that may hold the default branch, the likeliest first. */
  readonly remotes: readonly string[];
}

export async function readUnmerged(
  where: Where,
  branch: string,
  paths: readonly string[],
): Promise<Unmerged | undefined> {
  const git = gitIn(where.repository);
  const specs = pathspecs(paths);
  const ref = `refs/heads/${branch}`;
  if (specs.length === 0 || !isPlainName(branch)) return undefined;
  const { tip, base } = await refsOf(where, git, branch);
  if (tip === undefined || base === undefined || base === ref) return undefined;
  const counted = await git(['rev-list', '--count', '--no-merges', `${base}..${tip}`, '--', ...specs]);
  const commits = Number(counted ?? 0);
  // With commits that the default branch lacks it is no ancestor; it may still be there in another form.
  if (commits === 0 || (await isThereOtherwise(tip, base, specs, git))) return undefined;
  return { tip, commits };
}

export async function readLandingStates(where: Where, asked: readonly AskedLanding[]): Promise<LandingState[]> {
  const git = gitIn(where.repository);
  const { base } = asked.length === 0 ? {} : await refsOf(where, git);
  const states: LandingState[] = [];
  for (const each of asked) states.push(await stateOf(each, base, where.repository, git));
  return states;
}

async function stateOf(
  asked: AskedLanding,
  base: string | undefined,
  repository: Repository,
  git: Git,
): Promise<LandingState> {
  const specs = pathspecs(asked.paths);
  const isHere = (await git(['cat-file', '-e', `${asked.tip}^{commit}`])) !== undefined;
  if (!isHere || base === undefined || specs.length === 0) return 'unknown';
  if (await isLanded(asked.tip, base, specs, git)) return 'merged';
  const [branch] = await readBranchStates(repository, base, [asked]);
  if (branch === 'deleted') return 'gone';
  const head = await runGit(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], {
    gitDir: repository.gitDir,
    timeoutMs,
  });
  const isCheckedOut = head.code === 0 && (await isAncestor(asked.tip, head.stdout.toString('latin1').trim(), git));
  return isCheckedOut ? 'here' : 'waiting';
}

type Git = (args: readonly string[], input?: string) => Promise<string | undefined>;

/** Undefined where git answers anything but success. */
function gitIn({ commonDir }: Repository): Git {
  return async (args, input = '') => {
    const options = { gitDir: commonDir, timeoutMs, input, maxOutputBytes: patchBytesMax };
    const { code, stdout } = await runGit(args, options);
    return code === 0 ? stdout.toString('latin1').trimEnd() : undefined;
  };
}

/**
 * The remote's default branch, where there is one: what is merged in this clone alone has not landed for the others.
 * Branches are asked for by one call, and `branch` with them.
 */
async function refsOf({ remotes }: Where, git: Git, branch?: string): Promise<{ base?: string; tip?: string }> {
  const places = [...remotes.map((remote) => `refs/remotes/${remote}/`), 'refs/heads/'];
  const candidates = places.flatMap((at) => [`${at}HEAD`, `${at}main`, `${at}master`]);
  const own = branch === undefined ? [] : [`refs/heads/${branch}`];
  const listed = await git(['for-each-ref', '--format=%(refname) %(objectname) %(symref)', ...candidates, ...own]);
  const known = new Map(
    (listed ?? '').split('\n').map((line) => {
      const [ref = '', oid = '', symref = ''] = line.split(' ');
      return [ref, { oid, ref: symref === '' ? ref : symref }];
    }),
  );
  const base = candidates.flatMap((ref) => known.get(ref)?.ref ?? [])[0];
  const tip = known.get(own[0] ?? '')?.oid;
  return { ...(base !== undefined && { base }), ...(tip !== undefined && { tip }) };
}

async function isLanded(tip: string, base: string, specs: readonly string[], git: Git): Promise<boolean> {
  return (await isAncestor(tip, base, git)) || isThereOtherwise(tip, base, specs, git);
}

async function isThereOtherwise(tip: string, base: string, specs: readonly string[], git: Git): Promise<boolean> {
  const start = await git(['merge-base', base, tip]);
  if (start === undefined) return false;
  const names = await git(['diff', '--name-only', '-z', '--no-renames', start, tip, '--', ...specs]);
  if (names === undefined) return false;
  const files = names.split('\0').filter((name) => name !== '');
  if (files.length === 0) return true;
  const literal = files.map((file) => `:(top,literal)${Buffer.from(file, 'latin1').toString('utf8')}`);
  if ((await git(['diff', '--quiet', '--no-ext-diff', base, tip, '--', ...literal])) !== undefined) return true;
  return isSquashed(start, tip, base, literal, git);
}

async function isSquashed(
  start: string,
  tip: string,
  base: string,
  files: readonly string[],
  git: Git,
): Promise<boolean> {
  const plain = ['--no-ext-diff', '--no-textconv', '--no-color', '--full-index'];
  const log = ['log', '--patch', '--no-show-signature', '--first-parent', `--max-count=${squashesLookedAt}`, ...plain];
  const landed = await patchIds(await git([...log, `${start}..${base}`, '--', ...files]), git);
  if (landed.length === 0) return false;
  const [wanted] = await patchIds(await git(['diff', ...plain, start, tip, '--', ...files]), git);
  return wanted !== undefined && landed.includes(wanted);
}

async function patchIds(patch: string | undefined, git: Git): Promise<string[]> {
  if (patch === undefined || patch === '') return [];
  const listed = await git(['patch-id', '--stable'], `${patch}\n`);
  return (listed ?? '').split('\n').flatMap((line) => line.split(' ', 1)[0] || []);
}

async function isAncestor(commit: string, of: string, git: Git): Promise<boolean> {
  return (await git(['merge-base', '--is-ancestor', commit, of])) !== undefined;
}

/** What comes from a record must not become an option or a revision of another kind. */
function isPlainName(branch: string): boolean {
  return !/^-|\.\.|@\{|[\s~^:?*[\\]/.test(branch);
}
