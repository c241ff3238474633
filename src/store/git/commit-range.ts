/** What was done between two revisions: the files that differ, who made the commits, and which branch it is. */
import type { CommitRange, MissingRevisions } from '../port.ts';
import type { Repository } from './locate.ts';
import { gitOk, runGit } from './run.ts';

const timeoutMs = 60_000;
/** More authors than a range that somebody reviews has. */
const commitsMax = 10_000;

/**
 * Throws IntercomError where git fails, and a RangeError for a revision that git would take for an option. A name that
 * is only known at the remote, as in a checkout of a CI, is looked up there.
 */
export async function readCommitRange(
  { gitDir }: Pick<Repository, 'gitDir'>,
  base: string,
  head: string,
): Promise<CommitRange | MissingRevisions> {
  const where = { gitDir, timeoutMs };
  // Without git, every revision would look as if it were missing.
  await gitOk(['rev-parse', '--git-dir'], where);
  const [from, to] = await Promise.all([base, head].map((revision) => find(revision, where)));
  if (from === undefined || to === undefined) {
    return { missing: [...(from === undefined ? [base] : []), ...(to === undefined ? [head] : [])] };
  }
  const ancestor = await runGit(['merge-base', from.oid, to.oid], where);
  const isCut = ancestor.code !== 0;
  const start = isCut ? from.oid : ancestor.stdout.toString('latin1').trim();
  // Without renames, an old name is a deletion and a new one an addition: both are named.
  const diff = await gitOk(['diff', '--name-only', '-z', '--no-renames', start, to.oid, '--'], where);
  return {
    paths: namesIn(diff.stdout, '\0'),
    makers: await makersOf(from.oid, to.oid, where),
    branches: await branchesOf(to, where),
    isCut,
  };
}

interface Where {
  readonly gitDir: string;
  readonly timeoutMs: number;
}

interface Found {
  readonly revision: string;
  readonly oid: string;
}

async function find(revision: string, where: Where): Promise<Found | undefined> {
  if (revision.startsWith('-')) throw new RangeError(`${revision} is no revision`);
  for (const name of [revision, `refs/remotes/origin/${revision}`]) {
    const { code, stdout } = await runGit(['rev-parse', '--verify', '--quiet', `${name}^{commit}`], where);
    if (code === 0) return { revision: name, oid: stdout.toString('latin1').trim() };
  }
  return undefined;
}

async function makersOf(from: string, to: string, where: Where): Promise<string[]> {
  const format = '--format=%an%n%(trailers:key=Intercom-Agent,valueonly)';
  const args = ['log', '--no-show-signature', `--max-count=${commitsMax}`, format, `${from}..${to}`, '--'];
  const { stdout } = await gitOk(args, where);
  return [...new Set(namesIn(stdout, '\n').map((name) => name.trim()))];
}

/** The one that was named, or that HEAD is on; else those that are at this very commit, as for a detached HEAD. */
async function branchesOf({ revision, oid }: Found, where: Where): Promise<string[]> {
  const full = await runGit(['rev-parse', '--symbolic-full-name', revision], where);
  const named = branchName(full.stdout.toString('utf8').trim());
  if (named !== undefined) return [named];
  const scope = ['refs/heads', 'refs/remotes/origin'];
  const { stdout } = await gitOk(['for-each-ref', `--points-at=${oid}`, '--format=%(refname)', ...scope], where);
  const names = namesIn(stdout, '\n').map(branchName);
  return [...new Set(names.filter((name) => name !== undefined))];
}

function branchName(ref: string): string | undefined {
  const name = /^refs\/(?:heads|remotes\/origin)\/(.+)$/s.exec(ref)?.[1];
  return name === 'HEAD' ? undefined : name;
}

function namesIn(output: Buffer, end: '\0' | '\n'): string[] {
  return output
    .toString('utf8')
    .split(end)
    .filter((name) => name !== '');
}
