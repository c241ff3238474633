/**
 * Reading and moving refs. The only file that moves one, and never without an expected value.
 *
 * `files` follows git's own protocol (lockfile.c, refs/files-backend.c): `<ref>.lock` appears exclusively, the ref is read
 * again under it and compared, and the lock is renamed over the ref. So every git and every process of ours agree. No
 * reflog is written: the branch only grows, and its history is the log.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntercomError } from '../../domain/failure.ts';
import { isOid, type Oid } from '../../domain/oid.ts';
import type { Repository } from './locate.ts';
import { readPackedRef } from './packed-refs.ts';
import { lockRef } from './ref-lock.ts';
import { runGit } from './run.ts';

export type Expected = Oid | 'absent';
export type Swap = 'swapped' | { readonly moved: Oid | 'absent' };

const symbolicDepthMax = 5;

export async function readRef(repository: Pick<Repository, 'commonDir' | 'refFormat'>, ref: string): Promise<Oid | null> {
  return repository.refFormat === 'reftable' ? readByGit(repository.commonDir, ref) : readRefFile(repository.commonDir, ref);
}

/** Loose first, then packed, and loose once more: `git pack-refs` deletes the loose one after writing the packed. */
export function readRefFile(commonDir: string, ref: string, depth = 0): Oid | null {
  for (let look = 0; look < 2; look++) {
    const loose = readLooseRef(commonDir, ref, depth);
    if (loose !== undefined) return loose;
    const packed = readPackedRef(commonDir, ref);
    if (packed !== null) return packed;
  }
  return null;
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

function readLooseRef(commonDir: string, ref: string, depth: number): Oid | null | undefined {
  const file = join(commonDir, ref);
  let text: string;
  try {
    text = readFileSync(file, 'latin1');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw cause;
  }
  const oid = text.trim();
  if (isOid(oid)) return oid;
  const target = /^ref: (refs\/.+)$/.exec(oid)?.[1];
  if (target !== undefined && depth < symbolicDepthMax) return readRefFile(commonDir, target, depth + 1);
  throw new IntercomError({
    code: 'damaged',
    message: `The ref ${ref} is damaged: ${file} holds ${text.length === 0 ? 'nothing' : 'no object id'}.`,
    next: 'Run git intercom doctor --fix to restore the last tip that is known and whole.',
    data: { ref, file },
  });
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
