/** What `doctor` finds on a branch and around it, each with what to do. Reads only. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { IntercomError } from '../../domain/failure.ts';
import type { Oid } from '../../domain/oid.ts';
import { listed, oneLine } from '../../domain/text.ts';
import type { Finding } from '../port.ts';
import { readLastStamp, readStamp } from '../projection/stamp.ts';
import { readWhole, rootOf, treeOf } from './branch-root.ts';
import { inspectHistory } from './inspect-history.ts';
import type { Repository } from './locate.ts';
import type { ObjectReader } from './objects.ts';
import { symbolicTarget } from './ref-files.ts';
import { refInTheWay } from './ref-in-the-way.ts';
import { readRef } from './refs.ts';
import { gitVersion } from './run.ts';
import { strayFiles } from './stray-files.ts';
import { tipObjects } from './tip-objects.ts';
import type { TreeReader } from './tree.ts';
import { listWorktrees } from './worktrees.ts';
import { writable } from './writable.ts';

/** git and we hold it for milliseconds; packing all refs of a large repository takes some seconds. */
const lockSecondsMax = 5;

interface Looking {
  readonly objects: ObjectReader;
  readonly trees: TreeReader;
}

export async function inspect(repository: Repository, ref: string, looking: Looking): Promise<Finding[]> {
  const around = [
    ...writable(repository),
    ...refLock(repository, ref),
    ...(await checkedOut(repository, ref)),
    ...(await environment()),
  ];
  const found = await onBranch(repository, ref, looking);
  return [...around, ...found];
}

async function onBranch(repository: Repository, ref: string, looking: Looking): Promise<Finding[]> {
  const { objects, trees } = looking;
  try {
    const tip = await readRef(repository, ref);
    const symbolic = isSymbolic(repository, ref);
    if (tip === null) return [...symbolic, await cannotOpen(repository, ref)];
    const obeyed = await rootOf(objects, trees, tip, ref);
    const committed = await treeOf(objects, tip);
    return [
      ...symbolic,
      ...projection(repository, tip),
      ...(await taken(looking, tip, new Set([obeyed, committed]))),
      ...(await stray(looking, obeyed)),
      ...(await inspectHistory(repository, objects, tip)),
    ];
  } catch (thrown) {
    if (!(thrown instanceof IntercomError)) throw thrown;
    const stood = thrown.code === 'ref-conflict' ? await lastStood(repository, ref, looking) : undefined;
    const back = stood === undefined ? '' : `If it was moved by mistake, git update-ref ${ref} ${stood} puts it back. `;
    return [{ level: 'error', what: thrown.message, next: `${back}${thrown.next}` }];
  }
}

/** Where the branch was when it was ours and hooks were told of it last. */
async function lastStood({ commonDir }: Repository, ref: string, looking: Looking): Promise<Oid | undefined> {
  const stamp = readLastStamp(join(commonDir, 'intercom', 'projection'));
  try {
    if (stamp !== undefined) await readWhole(looking.objects, looking.trees, stamp.tip, ref);
    return stamp?.tip;
  } catch {
    return undefined;
  }
}

const notOpen: Finding = {
  level: 'info',
  what: 'Coordination is not open here yet: there is no coordination branch.',
  next: 'git intercom init opens it; the first claim or message does so, too.',
};

async function cannotOpen(repository: Repository, ref: string): Promise<Finding> {
  const other = await refInTheWay(repository, ref);
  if (other === undefined) return notOpen;
  const [own, taken] = [ref, other].map((name) => oneLine(name.replace('refs/heads/', ''), 100));
  return {
    level: 'error',
    what: `The coordination branch ${own} cannot be opened beside the branch ${taken}: git cannot have a branch and a folder of branches of one name.`,
    next: `Set another branch in .intercom/config.yaml, or rename the other: git branch -m ${taken} <name>`,
  };
}

function isSymbolic({ commonDir }: Repository, ref: string): Finding[] {
  const target = symbolicTarget(commonDir, ref);
  if (target === undefined) return [];
  const what = `${ref} is a symbolic ref to ${target}: it can be read, and nothing can be recorded on it.`;
  return [{ level: 'error', what, next: `Remove it with git symbolic-ref --delete ${ref}.` }];
}

/** What is only in flight was taken away by a cleaner. */
async function taken({ objects, trees }: Looking, tip: Oid, roots: ReadonlySet<Oid>): Promise<Finding[]> {
  const lost = new Set<Oid>();
  for (const root of roots) {
    for await (const oid of tipObjects(trees, tip, root)) {
      if (!(await objects.isStored(oid)) && (await objects.find(oid)) !== undefined) lost.add(oid);
    }
  }
  if (lost.size === 0) return [];
  const what = `${lost.size} objects of the coordination branch were taken away by a cleaner, and can still be restored.`;
  return [{ level: 'error', what, next: 'Run git intercom doctor --fix now: they are kept for minutes.' }];
}

/** What is no record is passed over by everybody. */
async function stray({ trees }: Looking, root: Oid): Promise<Finding[]> {
  const files: string[] = [];
  for await (const path of strayFiles(trees, root)) files.push(oneLine(`.intercom/${path}`, 200));
  if (files.length === 0) return [];
  const what = `What is no record is passed over: ${listed(files.sort(), 10)}.`;
  return [{ level: 'info', what, next: 'It does no harm, and nothing needs to be done.' }];
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
