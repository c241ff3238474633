/**
 * Reading and moving refs. The only file that moves one, and never without an expected value.
 *
 * `files` follows git's own protocol (lockfile.c, refs/files-backend.c): `<ref>.lock` appears exclusively, the ref is read
 * again under it and compared, and the lock is renamed over the ref. So every git and every process of ours agree. No
 * reflog is written: the branch only grows, and its history is the log.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { IntercomError } from '../../domain/failure.ts';
import { isOid, type Oid } from '../../domain/oid.ts';
import { oneLine } from '../../domain/text.ts';
import type { Repository } from './locate.ts';
import { packedInTheWay } from './packed-refs.ts';
import { readRefFile, symbolicTarget } from './ref-files.ts';
import { heldByGit, lockRef } from './ref-lock.ts';
import { gitVersion, runGit } from './run.ts';

export type Expected = Oid | 'absent';
export type Swap = 'swapped' | { readonly moved: Oid | 'absent' };

interface How {
  /** Puts on the disk what `next` names, while the ref's value is written; nobody sees the value before that is done. */
  readonly bring?: () => Promise<void>;
  /**
   * Called when the ref is moved, with what resolves when no crash of the machine brings its older value back; the caller
   * waits for that, or does without where the older value does no harm. Else it is waited for here.
   */
  readonly onMoved?: (durable: () => Promise<void>) => void;
}

export async function readRef(
  repository: Pick<Repository, 'commonDir' | 'refFormat'>,
  ref: string,
): Promise<Oid | null> {
  return isReftable(repository) ? readByGit(repository.commonDir, ref) : readRefFile(repository.commonDir, ref);
}

/**
 * Also of one that `git refs migrate` brought there since it was opened: git puts a file where the folder of branches was
 * (refs/reftable-backend.c), so that nobody looks for refs in files any more. The other way round git goes on being asked.
 */
function isReftable({ commonDir, refFormat }: Pick<Repository, 'commonDir' | 'refFormat'>): boolean {
  return (
    refFormat === 'reftable' || statSync(join(commonDir, 'refs/heads'), { throwIfNoEntry: false })?.isFile() === true
  );
}

/**
 * Moves `ref` from `expected` to `next`, or says what it is instead. `journalDir` is where our lock is made before it
 * appears beside the ref: a lock of a killed writer of ours is known by its inode and removed. The caller holds the
 * write lock. A foreign lock is waited for, then named (`ref-locked`); it is never removed. Rejects with what `bring` does, and
 * then nothing was moved.
 */
export async function compareAndSwapRef(
  repository: Pick<Repository, 'commonDir' | 'refFormat'>,
  ref: string,
  expected: Expected,
  next: Oid,
  journalDir: string,
  { bring, onMoved }: How = {},
): Promise<Swap> {
  const { commonDir } = repository;
  if (isReftable(repository)) {
    await bring?.();
    return swapByGit(commonDir, ref, expected, next);
  }
  const lock = await lockRef({ commonDir, ref, next, journalDir }, bring);
  try {
    const target = symbolicTarget(commonDir, ref);
    if (target !== undefined) throw symbolic(ref, target);
    const now = readRefFile(commonDir, ref) ?? 'absent';
    if (now !== expected) return { moved: now };
    const other = now === 'absent' ? packedInTheWay(commonDir, ref) : undefined;
    if (other !== undefined) throw inTheWay(ref, other);
    const durable = lock.commit();
    if (onMoved === undefined) await durable();
    else onMoved(durable);
    return 'swapped';
  } finally {
    lock.release();
  }
}

/**
 * Puts a torn ref in order: names `next` if, under the lock, it still cannot be read. One that can be read by then was
 * mended by somebody else and is left alone.
 */
export async function mendTornRef(
  repository: Pick<Repository, 'commonDir'>,
  ref: string,
  next: Oid,
  journalDir: string,
): Promise<Swap> {
  const { commonDir } = repository;
  const lock = await lockRef({ commonDir, ref, next, journalDir });
  try {
    const now = readOrTorn(commonDir, ref);
    if (now !== 'torn') return { moved: now };
    await lock.commit()();
    return 'swapped';
  } finally {
    lock.release();
  }
}

function readOrTorn(commonDir: string, ref: string): Oid | 'absent' | 'torn' {
  try {
    return readRefFile(commonDir, ref) ?? 'absent';
  } catch (thrown) {
    if (thrown instanceof IntercomError && thrown.code === 'damaged') return 'torn';
    throw thrown;
  }
}

/** Following it would put our commits on the other branch; replacing it would cut the two apart. */
function symbolic(ref: string, target: string): IntercomError {
  const branch = target.replace('refs/heads/', '');
  return new IntercomError({
    code: 'ref-conflict',
    message: `${ref} is a symbolic ref to ${target}, and coordination needs a branch of its own. Nothing was recorded.`,
    next: `Run git symbolic-ref --delete ${ref}, or set branch: ${branch} in .intercom/config.yaml if that is the one.`,
    data: { ref, target },
  });
}

function inTheWay(ref: string, other: string): IntercomError {
  return new IntercomError({
    code: 'ref-conflict',
    message: `${ref} cannot be created beside ${other}: git cannot have a branch and a folder of branches of one name.`,
    next: 'Set another branch in .intercom/config.yaml, or rename the other branch.',
    data: { ref, other },
  });
}

async function readByGit(commonDir: string, ref: string): Promise<Oid | null> {
  const { code, stdout, stderr } = await runGit(['rev-parse', '--verify', '--quiet', ref], { gitDir: commonDir });
  const oid = stdout.toString('latin1').trim();
  if (code === 0 && isOid(oid)) return oid;
  if (code === 1) return null;
  const version = await gitVersion();
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  if (major > 2 || (major === 2 && minor >= 45)) {
    throw new IntercomError({
      code: 'git-failed',
      message: `git could not read ${ref}: ${oneLine(stderr, 200) || `exit code ${code}`}.`,
      next: `Run git --git-dir ${commonDir} fsck to see more.`,
    });
  }
  const here = version === undefined ? 'no git is installed here' : `the git here is ${version}`;
  throw new IntercomError({
    code: 'unsupported-repository',
    message: `The repository ${commonDir} keeps its refs as reftable, which needs git 2.45 or newer, and ${here}.`,
    next: 'Install a newer git, or coordinate in a clone made without --ref-format=reftable.',
    data: { repository: commonDir, version: version ?? null },
  });
}

/** Hooks of the repository are not run for coordination, and no reflog is written, as it is with files. */
const plainly = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.logAllRefUpdates=false'];

const zero = '0'.repeat(40);

async function swapByGit(commonDir: string, ref: string, expected: Expected, next: Oid): Promise<Swap> {
  const old = expected === 'absent' ? zero : expected;
  const answer = await runGit([...plainly, 'update-ref', '--no-deref', ref, next, old], { gitDir: commonDir });
  if (answer.code === 0) return 'swapped';
  const now = (await readByGit(commonDir, ref)) ?? 'absent';
  if (now !== expected) return { moved: now };
  const lock = join(commonDir, 'reftable', 'tables.list.lock');
  if (existsSync(lock)) throw heldByGit(lock, ref);
  throw new IntercomError({
    code: 'git-failed',
    message: `git could not move ${ref}: ${answer.stderr.trim()}.`,
    next: 'Run the command again; if it stays, run git intercom doctor.',
  });
}
