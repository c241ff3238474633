/** What was done between two revisions: the files that differ, who made the commits, and which branch it is. */
import type { ClaimedCommit, CommitRange, MissingRevisions } from '../port.ts';
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
  const { makers, claimed } = await readLog(from.oid, to.oid, where);
  return {
    paths: namesIn(diff.stdout, '\0'),
    makers,
    branches: await branchesOf(to, where),
    commits: await withPaths(claimed, where),
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

type Claimed = Omit<ClaimedCommit, 'paths'>;

async function readLog(from: string, to: string, where: Where): Promise<{ makers: string[]; claimed: Claimed[] }> {
  const trailer = (key: string) => `%(trailers:key=${key},valueonly,separator=%x09)`;
  const format = ['%H', '%at', '%an', trailer('Intercom-Agent'), trailer('Intercom-Claim')].join('%x00');
  const args = [
    'log',
    '--no-show-signature',
    `--max-count=${commitsMax}`,
    `--format=${format}`,
    `${from}..${to}`,
    '--',
  ];
  const { stdout } = await gitOk(args, where);
  const makers = new Set<string>();
  const claimed: Claimed[] = [];
  for (const line of namesIn(stdout, '\n')) {
    const [oid = '', seconds = '', author = '', agents = '', ids = ''] = line.split('\0');
    for (const name of [author, ...agents.split('\t')]) if (name.trim() !== '') makers.add(name.trim());
    const claims = ids.split(/\s+/).filter((id) => id !== '');
    if (claims.length > 0) claimed.push({ oid, atMs: Number(seconds) * 1000, claims });
  }
  return { makers: [...makers], claimed };
}

/** `oid\0path\0path\0oid…`; a commit that changes nothing is left out (git-diff-tree(1)). */
async function withPaths(claimed: readonly Claimed[], where: Where): Promise<ClaimedCommit[]> {
  if (claimed.length === 0) return [];
  const pathsByOid = new Map(claimed.map(({ oid }) => [oid, [] as string[]]));
  const input = claimed.map(({ oid }) => `${oid}\n`).join('');
  const args = ['diff-tree', '--stdin', '-r', '-c', '-z', '--root', '--name-only', '--no-renames'];
  let paths: string[] = [];
  for (const part of namesIn((await gitOk(args, { ...where, input })).stdout, '\0')) {
    const next = pathsByOid.get(part);
    if (next === undefined) paths.push(part);
    else paths = next;
  }
  return claimed.map((commit) => ({ ...commit, paths: pathsByOid.get(commit.oid) ?? [] }));
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
