/**
 * Reading and moving refs. The only file that moves one, and never without an expected value.
 *
 * `files` follows git's own protocol (lockfile.c, refs/files-backend.c): `<ref>.lock` appears exclusively, the ref is read
 * again under it and compared, and the lock is renamed over the ref. So every git and every process of ours agree. No
 * reflog is written: the branch only grows, and its history is the log.
 */
import { IntercomError } from '../../domain/failure.ts';
import { isOid, type Oid } from '../../domain/oid.ts';
import type { Repository } from './locate.ts';
import { readRefFile } from './ref-files.ts';
import { lockRef } from './ref-lock.ts';
import { runGit } from './run.ts';

export type Expected = Oid | 'absent';
export type Swap = 'swapped' | { readonly moved: Oid | 'absent' };

export async function readRef(
  repository: Pick<Repository, 'commonDir' | 'refFormat'>,
  ref: string,
): Promise<Oid | null> {
  return repository.refFormat === 'reftable'
    ? readByGit(repository.commonDir, ref)
    : readRefFile(repository.commonDir, ref);
}

/**
 * Moves `ref` from `expected` to `next`, or says what it is instead. `journalDir` is where our lock is made before it
 * appears beside the ref: a lock of a killed writer of ours is known by its inode and removed. The caller holds the
 * write lock. A foreign lock is waited for, then named (`ref-locked`); it is never removed.
 */
export async function compareAndSwapRef(
  repository: Pick<Repository, 'commonDir' | 'refFormat'>,
  ref: string,
  expected: Expected,
  next: Oid,
  journalDir: string,
): Promise<Swap> {
  if (repository.refFormat === 'reftable') return swapByGit(repository.commonDir, ref, expected, next);
  const lock = await lockRef({ commonDir: repository.commonDir, ref, next, journalDir });
  try {
    const now = readRefFile(repository.commonDir, ref) ?? 'absent';
    if (now !== expected) return { moved: now };
    lock.commit();
    return 'swapped';
  } finally {
    lock.release();
  }
}

/**
 * Puts `next` over a ref whose file holds nothing that can be read, in one step: were the file deleted first, whoever
 * comes between would begin anew, or where an older value is packed. Answers what the ref is when it can be read.
 */
export async function replaceTornRef(
  repository: Pick<Repository, 'commonDir'>,
  ref: string,
  next: Oid,
  journalDir: string,
): Promise<Swap> {
  const lock = await lockRef({ commonDir: repository.commonDir, ref, next, journalDir });
  try {
    return { moved: readRefFile(repository.commonDir, ref) ?? 'absent' };
  } catch (thrown) {
    if (!isTornRef(thrown)) throw thrown;
    lock.commit();
    return 'swapped';
  } finally {
    lock.release();
  }
}

export function isTornRef(thrown: unknown): boolean {
  return thrown instanceof IntercomError && thrown.code === 'damaged';
}

async function readByGit(commonDir: string, ref: string): Promise<Oid | null> {
  const { code, stdout, stderr } = await runGit(['rev-parse', '--verify', '--quiet', ref], { gitDir: commonDir });
  const oid = stdout.toString('latin1').trim();
  if (code === 0 && isOid(oid)) return oid;
  if (code === 1) return null;
  throw new IntercomError({
    code: 'git-failed',
    message: `git could not read ${ref}: ${stderr.trim() || `exit code ${code}`}.`,
    next: 'This repository keeps its refs as reftable, which needs git 2.45 or newer.',
  });
}

const zero = '0'.repeat(40);

async function swapByGit(commonDir: string, ref: string, expected: Expected, next: Oid): Promise<Swap> {
  const old = expected === 'absent' ? zero : expected;
  const answer = await runGit(['update-ref', '--no-deref', ref, next, old], { gitDir: commonDir });
  if (answer.code === 0) return 'swapped';
  const now = (await readByGit(commonDir, ref)) ?? 'absent';
  if (now !== expected) return { moved: now };
  throw new IntercomError({
    code: 'git-failed',
    message: `git could not move ${ref}: ${answer.stderr.trim()}.`,
    next: 'Run the command again; if it stays, run git intercom doctor.',
  });
}
