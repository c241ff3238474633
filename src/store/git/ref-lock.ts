/**
 * `<ref>.lock`, as git makes it, with proof of who made it: it is written and synced in our journal first and appears
 * beside the ref by link(2), so the same inode in both places is our own. Where there are no hard links, it is a folder,
 * which is ours because no git makes one there (ref-lock-folder.ts); one of ours from before that is known by the new commit.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { IntercomError } from '../../domain/failure.ts';
import type { Oid } from '../../domain/oid.ts';
import { folderSynced, synced, writeWhole } from '../local/durable.ts';
import { failureOf } from '../local/failure-of.ts';
import { makeFolder, share } from '../local/shared-modes.ts';
import { readRefFile } from './ref-files.ts';
import { fileToRename, isLockFolder, makeLockFolder, removeLockFolder } from './ref-lock-folder.ts';

interface Wanted {
  readonly commonDir: string;
  readonly ref: string;
  readonly next: Oid;
  readonly journalDir: string;
}

export interface RefLock {
  /** The ref names `next` from now on; durably when what is answered has resolved, else a crash may leave what it was before. */
  commit(): () => Promise<void>;
  /** Takes the lock away; after `commit` there is none. */
  release(): void;
}

/**
 * `git pack-refs` holds a ref's lock for milliseconds; a git that waits for a person never does. Hooks of harnesses have
 * four seconds for all they do, and are to say which lock it is.
 */
const waitMsMax = 2_500;

/** One for each ref: the journal of one proves nothing about the lock of another. */
function journalOf({ journalDir, ref }: Omit<Wanted, 'next'>): string {
  return join(journalDir, `ref-journal.${createHash('sha1').update(ref).digest('hex').slice(0, 8)}`);
}

/** `bring` goes on meanwhile; the lock appears when it is done. */
export async function lockRef(wanted: Wanted, bring?: () => Promise<void>): Promise<RefLock> {
  const file = join(wanted.commonDir, wanted.ref);
  const lock = `${file}.lock`;
  const journal = journalOf(wanted);
  try {
    removeOwnLeftover(wanted);
    await allOf([bring?.(), writeJournal(journal, wanted.next)]);
    const deadlineMs = performance.now() + waitMsMax;
    while (!tryLink(journal, lock, wanted)) {
      if (performance.now() > deadlineMs) throw heldByGit(lock, wanted.ref);
      await sleep(2);
    }
  } catch (cause) {
    takeAway(journal);
    throw failureOf(cause, `lock ${wanted.ref}`, dirname(lock));
  }
  let isCommitted = false;
  return {
    commit: () => {
      try {
        replace(fileToRename(lock), file);
      } catch (cause) {
        throw failureOf(cause, `move ${wanted.ref}`, dirname(file));
      }
      isCommitted = true;
      return () => folderSynced(dirname(file));
    },
    release: () => {
      takeAway(...(isCommitted && !isLockFolder(lock) ? [] : [lock]), journal);
    },
  };
}

/** In this order: what cannot be taken away now is known as ours by the journal, and taken away by whoever locks next. */
function takeAway(...files: readonly string[]): void {
  try {
    for (const file of files) rmSync(file, { force: true, recursive: true });
  } catch {
    // The disk became read-only meanwhile; what was done is done.
  }
}

/** A writer of ours died between link and rename: the write lock is ours now, so nobody else of ours can be there. */
export function removeOwnLeftover(of: Omit<Wanted, 'next'>): void {
  const lock = join(of.commonDir, `${of.ref}.lock`);
  const journal = journalOf(of);
  removeLockFolder(lock);
  const made = look(journal);
  const there = look(lock);
  if (made !== undefined && there !== undefined && isSame(made, there, of)) rmSync(lock);
  if (made !== undefined) rmSync(journal, { force: true });
}

type Looked = NonNullable<ReturnType<typeof look>>;

/** Nobody else could know of a commit that was never published; one that the ref names anybody may set anew. */
function isSame(journal: Looked, lock: Looked, of: Omit<Wanted, 'next'>): boolean {
  if (journal.ino === lock.ino && journal.dev === lock.dev) return true;
  return lock.text !== '' && lock.text === journal.text && isUnpublished(lock.text.trim(), of);
}

/** A ref that is torn tells nothing. */
function isUnpublished(oid: string, { commonDir, ref }: Omit<Wanted, 'next'>): boolean {
  try {
    return readRefFile(commonDir, ref) !== oid;
  } catch {
    return false;
  }
}

/** Undefined where it is not, and where a branch stands in the place of one of its folders. */
function look(file: string) {
  try {
    const { ino, dev } = statSync(file, { bigint: true });
    return { ino, dev, text: readFileSync(file, 'latin1') };
  } catch {
    return undefined;
  }
}

/** Rejects with the first that does, when none goes on any more. */
async function allOf(acts: readonly (Promise<void> | undefined)[]): Promise<void> {
  for (const result of await Promise.allSettled(acts)) if (result.status === 'rejected') throw result.reason;
}

async function writeJournal(journal: string, next: Oid): Promise<void> {
  makeFolder(dirname(journal));
  const fd = openNew(journal, next);
  try {
    await synced(fd);
  } finally {
    closeSync(fd);
  }
}

function writeNew(file: string, next: Oid): void {
  const fd = openNew(file, next);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** With its text written and not synced. Throws EEXIST where it is, and leaves what it could not finish. */
function openNew(file: string, next: Oid): number {
  const fd = openSync(file, 'wx', 0o666);
  try {
    writeWhole(fd, Buffer.from(`${next}\n`));
    share(file);
    return fd;
  } catch (cause) {
    closeSync(fd);
    throw cause;
  }
}

/** False while somebody else has it. Folders in between are made, and where a folder stands in the way it is named. */
function tryLink(journal: string, lock: string, { ref, commonDir, next }: Wanted): boolean {
  for (;;) {
    try {
      linkSync(journal, lock);
      return true;
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'EEXIST') return false;
      if (code === 'ENOENT' && existsSync(journal)) {
        makeFolder(dirname(lock));
        continue;
      }
      if (code === 'ENOTDIR') throw inTheWay(ref, commonDir);
      return makeLockFolder(lock, (value) => writeNew(value, next));
    }
  }
}

/** An empty folder of the ref's name is in the way after `refs/heads/intercom/x` was deleted: git removes it, too. */
function replace(lock: string, file: string): void {
  try {
    renameSync(lock, file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'EISDIR' && code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'EPERM') throw cause;
    removeEmptyFolders(file);
    renameSync(lock, file);
  }
}

function removeEmptyFolders(dir: string): void {
  try {
    for (const name of readdirSync(dir)) removeEmptyFolders(join(dir, name));
    rmdirSync(dir);
  } catch {
    throw new IntercomError({
      code: 'ref-conflict',
      message: `A branch below ${dir} is in the way: git cannot have a branch and a folder of branches of one name.`,
      next: 'Set another branch in .intercom/config.yaml, or rename the other branch.',
    });
  }
}

function inTheWay(ref: string, commonDir: string): IntercomError {
  return new IntercomError({
    code: 'ref-conflict',
    message: `${ref} cannot be created: a branch with the name of one of its folders exists in ${commonDir}.`,
    next: 'Set another branch in .intercom/config.yaml, or rename the other branch.',
  });
}

/** A lock that nobody of ours made, as far as one can know. */
export function heldByGit(lock: string, ref: string): IntercomError {
  const stat = statSync(lock, { throwIfNoEntry: false });
  const seconds = stat === undefined ? 0 : Math.round((Date.now() - stat.mtimeMs) / 1000);
  return new IntercomError({
    code: 'ref-locked',
    message: `Another git holds ${ref}: ${lock} has been there for ${seconds}s. Nothing was recorded.`,
    next: 'Run the command again. If no git command is running, that git was killed: delete the file.',
    data: { file: lock, seconds },
  });
}
