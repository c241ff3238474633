/**
 * Whether finished work has come into the default branch, as an ancestor or in another form: asked of the real git, with a
 * bound on each question. The code's branches are never fetched for it: what was fetched last is what is known.
 */
import type { Unmerged } from '../../domain/landing/note.ts';
import type { AskedLanding, LandingState } from '../port.ts';
import { type AskGit, askGit } from './ask-git.ts';
import { isBranchDeleted } from './branch-states.ts';
import { landedOtherwise } from './landed-otherwise.ts';
import type { Repository } from './locate.ts';
import { pathspecs } from './pathspecs.ts';

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
  const git = askGit(where.repository);
  const specs = pathspecs(paths, where.repository);
  const ref = `refs/heads/${branch}`;
  if (specs.length === 0 || !isPlainName(branch)) return undefined;
  const { tip, base } = await refsOf(where, git, branch);
  if (tip === undefined || base === undefined || base === ref) return undefined;
  const counted = await git(['rev-list', '--count', '--no-merges', `${base}..${tip}`, '--', ...specs]);
  const commits = Number(counted ?? 0);
  // With commits that the default branch lacks it is no ancestor; it may still be there in another form.
  if (commits === 0 || (await isThereOtherwise(tip, base, specs, where.repository))) return undefined;
  return { tip, commits };
}

export async function readLandingStates(where: Where, asked: readonly AskedLanding[]): Promise<LandingState[]> {
  const git = askGit(where.repository);
  const { base } = asked.length === 0 ? {} : await refsOf(where, git);
  const states: LandingState[] = [];
  for (const each of asked) states.push(await stateOf(each, base, where.repository, git));
  return states;
}

async function stateOf(
  asked: AskedLanding,
  base: string | undefined,
  repository: Repository,
  git: AskGit,
): Promise<LandingState> {
  const specs = pathspecs(asked.paths, repository);
  const isHere = (await git(['cat-file', '-e', `${asked.tip}^{commit}`])) !== undefined;
  if (!isHere || base === undefined || specs.length === 0) return 'unknown';
  if (await isAncestor(asked.tip, base, git)) return 'merged';
  if (await isThereOtherwise(asked.tip, base, specs, repository)) return 'merged';
  if (await isBranchDeleted(repository, base, asked)) return 'gone';
  const head = await askGit({ commonDir: repository.gitDir })(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  const isCheckedOut = head !== undefined && (await isAncestor(asked.tip, head, git));
  return isCheckedOut ? 'here' : 'waiting';
}

/**
 * The remote's default branch, where there is one: what is merged in this clone alone has not landed for the others.
 * Branches are asked for by one call, and `branch` with them.
 */
async function refsOf({ remotes }: Where, git: AskGit, branch?: string): Promise<{ base?: string; tip?: string }> {
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

/** With commits of which nothing is left on the paths nothing is to land. */
async function isThereOtherwise(
  tip: string,
  base: string,
  specs: readonly string[],
  repository: Repository,
): Promise<boolean> {
  const how = await landedOtherwise({ tip, base, pathspecs: specs }, repository);
  return how === 'landed' || how === 'nothing';
}

async function isAncestor(commit: string, of: string, git: AskGit): Promise<boolean> {
  return (await git(['merge-base', '--is-ancestor', commit, of])) !== undefined;
}

/** What comes from a record must not become an option or a revision of another kind. */
function isPlainName(branch: string): boolean {
  return !/^-|\.\.|@\{|[\s~^:?*[\\]/.test(branch);
}
