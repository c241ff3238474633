/** What `doctor` finds on a branch and around it, each with what to do. Reads only. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { IntercomError } from '../../domain/failure.ts';
import type { Oid } from '../../domain/oid.ts';
import { listed, oneLine } from '../../domain/text.ts';
import type { Finding } from '../port.ts';
import { readStamp } from '../projection/stamp.ts';
import { rootOf } from './branch-root.ts';
import { parseCommit, trailer } from './commit.ts';
import type { Repository } from './locate.ts';
import type { ObjectReader } from './objects.ts';
import { symbolicTarget } from './ref-files.ts';
import { readRef } from './refs.ts';
import { gitVersion } from './run.ts';
import { strayFiles } from './stray-files.ts';
import { tipObjects } from './tip-objects.ts';
import type { TreeReader } from './tree.ts';
import { listWorktrees } from './worktrees.ts';

/** A whole history may be long; what is wrong is nearly always recent. */
const commitsLookedAt = 1_000;
const lockSecondsMax = 60;

interface Looking {
  readonly objects: ObjectReader;
  readonly trees: TreeReader;
}

export async function inspect(repository: Repository, ref: string, looking: Looking): Promise<Finding[]> {
  const around = [...refLock(repository, ref), ...(await checkedOut(repository, ref)), ...(await environment())];
  const found = await onBranch(repository, ref, looking);
  return [...around, ...found];
}

async function onBranch(repository: Repository, ref: string, looking: Looking): Promise<Finding[]> {
  const { objects, trees } = looking;
  try {
    const tip = await readRef(repository, ref);
    const symbolic = isSymbolic(repository, ref);
    if (tip === null) return [...symbolic, notOpen];
    const root = await rootOf(objects, trees, tip, ref);
    return [
      ...symbolic,
      ...projection(repository, tip),
      ...(await content(looking, tip, root)),
      ...(await history(repository, objects, tip)),
    ];
  } catch (thrown) {
    if (!(thrown instanceof IntercomError)) throw thrown;
    return [{ level: 'error', what: thrown.message, next: thrown.next }];
  }
}

const notOpen: Finding = {
  level: 'info',
  what: 'Coordination is not open here yet: there is no coordination branch.',
  next: 'git intercom init opens it; the first claim or message does so, too.',
};

function isSymbolic({ commonDir }: Repository, ref: string): Finding[] {
  const target = symbolicTarget(commonDir, ref);
  if (target === undefined) return [];
  const what = `${ref} is a symbolic ref to ${target}: it can be read, and nothing can be recorded on it.`;
  return [{ level: 'error', what, next: `Remove it with git symbolic-ref --delete ${ref}.` }];
}

/** What is only in flight was taken away by a cleaner; what is no record is passed over by everybody. */
async function content({ objects, trees }: Looking, tip: Oid, root: Oid): Promise<Finding[]> {
  const findings: Finding[] = [];
  let lost = 0;
  for await (const oid of tipObjects(trees, tip, root)) {
    if (!(await objects.isStored(oid)) && (await objects.find(oid)) !== undefined) lost++;
  }
  if (lost > 0) {
    const what = `${lost} objects of the coordination branch were taken away by a cleaner, and can still be restored.`;
    findings.push({ level: 'error', what, next: 'Run git intercom doctor --fix now: they are kept for minutes.' });
  }
  const stray: string[] = [];
  for await (const path of strayFiles(trees, root)) stray.push(oneLine(`.intercom/${path}`, 200));
  if (stray.length > 0) {
    const what = `What is no record is passed over: ${listed(stray.sort(), 10)}.`;
    findings.push({ level: 'info', what, next: 'Somebody put it on the branch by hand, and may take it away again.' });
  }
  return findings;
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
    if (object?.type !== 'commit') {
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
