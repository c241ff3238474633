/** What `doctor` finds on a branch and around it, each with what to do. Reads only. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { IntercomError } from '../../domain/failure.ts';
import type { Oid } from '../../domain/oid.ts';
import type { Finding } from '../port.ts';
import { readStamp } from '../projection/stamp.ts';
import { parseCommit, trailer } from './commit.ts';
import type { Repository } from './locate.ts';
import type { ObjectReader } from './objects.ts';
import { readRef } from './refs.ts';
import { gitVersion } from './run.ts';
import { listWorktrees } from './worktrees.ts';

/** A whole history may be long; what is wrong is nearly always recent. */
const commitsLookedAt = 1_000;
const lockSecondsMax = 60;

export async function inspect(repository: Repository, ref: string, objects: ObjectReader): Promise<Finding[]> {
  const tip = await readTip(repository, ref);
  if (typeof tip === 'object' && tip !== null) return [tip];
  const findings = [...refLock(repository, ref), ...(await checkedOut(repository, ref)), ...(await environment())];
  if (tip === null) {
    findings.push({
      level: 'info',
      what: 'Coordination is not open here yet: there is no coordination branch.',
      next: 'git intercom init opens it; the first claim or message does so, too.',
    });
    return findings;
  }
  return [...findings, ...projection(repository, tip), ...(await history(repository, objects, tip))];
}

async function readTip(repository: Repository, ref: string): Promise<Oid | null | Finding> {
  try {
    return await readRef(repository, ref);
  } catch (thrown) {
    if (!(thrown instanceof IntercomError)) throw thrown;
    return {
      level: 'error',
      what: thrown.message,
      next: 'Run git intercom doctor --fix: it restores the last tip that is known and whole.',
    };
  }
}

function refLock(repository: Repository, ref: string): Finding[] {
  const file = join(repository.commonDir, `${ref}.lock`);
  try {
    const seconds = Math.round((Date.now() - statSync(file).mtimeMs) / 1000);
    if (seconds < lockSecondsMax) return [];
    const what = `${file} has been there for ${seconds} seconds: a git that was killed may have left it.`;
    return [{ level: 'error', what, next: 'If no git command is running, delete the file.' }];
  } catch {
    return [];
  }
}

async function checkedOut(repository: Repository, ref: string): Promise<Finding[]> {
  const branch = ref.replace('refs/heads/', '');
  const there = (await listWorktrees(repository)).filter((worktree) => worktree.branch === branch);
  return there.map(({ path }) => ({
    level: 'warning',
    what: `The coordination branch is checked out in ${path}: its files will look deleted or changed there.`,
    next: `Switch that work tree to another branch: git -C ${path} switch -`,
  }));
}

async function environment(): Promise<Finding[]> {
  const version = await gitVersion();
  if (version !== undefined) return [];
  return [
    { level: 'info', what: 'git is not installed, so nothing is packed and reading is slower.', next: 'Install git.' },
  ];
}

function projection(repository: Repository, tip: Oid): Finding[] {
  const stamp = readStamp(join(repository.commonDir, 'intercom', 'projection'));
  if (stamp?.tip === tip) return [];
  const what =
    stamp === undefined ? 'The projection for hooks is missing.' : 'The projection for hooks is behind the branch.';
  return [
    { level: 'info', what, next: 'The next claim or message makes it anew; git intercom doctor --fix does so now.' },
  ];
}

async function history({ isShallow }: Repository, objects: ObjectReader, tip: Oid): Promise<Finding[]> {
  const byHand: Oid[] = [];
  const merges: Oid[] = [];
  let oid: Oid | undefined = tip;
  for (let n = 0; n < commitsLookedAt && oid !== undefined; n++) {
    const object = await objects.find(oid);
    if (object === undefined) {
      if (n > 0 && isShallow) break;
      const next = 'Run git intercom doctor --fix; if it stays, fetch the branch from another clone.';
      return [{ level: 'error', what: `The commit ${oid} of the coordination branch is missing.`, next }];
    }
    const commit = parseCommit(object.content);
    if (trailer(commit, 'Op') === undefined) byHand.push(oid);
    if (commit.parents.length > 1) merges.push(oid);
    oid = commit.parents[0];
  }
  return [...named('was made by hand', byHand), ...named('is a merge: the history should be linear', merges)];
}

function named(what: string, oids: readonly Oid[]): Finding[] {
  const [first] = oids;
  if (first === undefined) return [];
  const count =
    oids.length === 1
      ? `The commit ${first.slice(0, 12)}`
      : `${oids.length} commits, the latest ${first.slice(0, 12)}, each`;
  return [
    {
      level: 'warning',
      what: `${count} on the coordination branch ${what}.`,
      next: `Look at it with git show ${first.slice(0, 12)}.`,
    },
  ];
}
