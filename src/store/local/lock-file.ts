/**
 * A lock: a file made whole by link(2), with who holds it inside.
 *
 * A dead holder's lock is taken over under a lock of its own, `<lock>.<nonce of the dead>`, by the same protocol:
 * whoever has that one looks again, and if the dead nonce still stands, renames its own file over it. A nonce never
 * comes back, so of two takers the second finds another nonce and lets go; and a taker that dies is itself taken over,
 * one level down.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { writeWhole } from './durable.ts';
import { type ProcessIdentity, processState, selfProcess } from './process.ts';
import { makeFolder, share } from './shared-modes.ts';

export interface Holder extends ProcessIdentity {
  readonly nonce: string;
}

/** One for each process: the file that is linked to the lock's name. */
const nonce = randomBytes(8).toString('hex');
const ownFiles = new Set<string>();
const takeoverDepthMax = 8;
/** Only where link(2) is missing can a lock be torn: its writer died between making and filling it. */
const tornMsMin = 10_000;

export type LockFile = ReturnType<typeof openLockFile>;

export function openLockFile(dir: string, name: 'write.lock' | 'sweep.lock') {
  const lock = join(dir, name);
  const own = ownFile(dir);
  return {
    /** Without a look at who has it. */
    takeFree: (): boolean => {
      if (notReleased.delete(lock)) release(lock);
      return create(lock, own);
    },
    take: (): 'taken' | Holder | undefined => {
      if (notReleased.delete(lock)) release(lock);
      return take(lock, own, 0);
    },
    holder: () => readHolder(lock),
    release: () => release(lock),
  };
}

/** Locks of ours that could not be removed: the disk became read-only meanwhile. */
const notReleased = new Set<string>();

/** Never throws: what was done under the lock is done. The lock of a process that ended is taken over. */
function release(lock: string): void {
  try {
    if (readHolder(lock)?.nonce === nonce) rmSync(lock, { force: true });
  } catch {
    notReleased.add(lock);
  }
}

/** `taken`, or who has it (undefined when it went in this moment). */
function take(lock: string, own: string, depth: number): 'taken' | Holder | undefined {
  if (create(lock, own)) return 'taken';
  const holder = readHolder(lock);
  if (holder === undefined || !isLeft(lock, holder) || depth >= takeoverDepthMax) return holder;
  const claim = `${lock}.${holder.nonce}`;
  if (take(claim, own, depth + 1) !== 'taken') return holder;
  try {
    if (readHolder(lock)?.nonce !== holder.nonce) return readHolder(lock);
    const copy = `${own}-${depth}`;
    writeFileSync(copy, content());
    share(copy);
    renameSync(copy, lock);
    if (depth === 0) sweepDead(lock, dirname(own));
    return 'taken';
  } finally {
    rmSync(claim, { force: true });
  }
}

/**
 * Where one was killed others were, too: files of the dead are taken away by whoever has taken over. A takeover lock of
 * theirs has no power any more: the nonce in its name is not the lock's.
 */
function sweepDead(lock: string, holders: string): void {
  const takeovers = readdirSync(dirname(lock)).filter((name) => name.startsWith(`${basename(lock)}.`));
  const files = readdirSync(holders);
  for (const file of [
    ...takeovers.map((name) => join(dirname(lock), name)),
    ...files.map((name) => join(holders, name)),
  ]) {
    const holder = readHolder(file);
    if (holder !== undefined && isDead(holder)) rmSync(file, { force: true });
  }
}

/** No writer holds it for as long. One that was stopped and goes on then finds the ref moved, and decides again. */
const heldMsMax = 10 * 60_000;

/** By one that is dead; or by one that nobody can judge, in another namespace or on another machine, for too long. */
function isLeft(lock: string, holder: Holder): boolean {
  if (isDead(holder)) return true;
  if (holder.nonce === nonce || holder.nonce === 'young' || processState(holder) !== 'unknown') return false;
  // The file may be older than the lock: its name is of the moment when it was taken, and link(2) notes that.
  const taken = statSync(lock, { throwIfNoEntry: false })?.ctimeMs;
  return taken !== undefined && Date.now() - taken > heldMsMax;
}

function isDead(holder: Holder): boolean {
  return holder.nonce === 'torn' || (holder.nonce !== nonce && processState(holder) === 'dead');
}

/** False when it exists. Where hard links cannot be had, exclusive creation and then writing must do, or says what is wrong. */
function create(lock: string, own: string): boolean {
  try {
    linkSync(own, lock);
    return true;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === 'ENOENT') return remakeOwn(own) && create(lock, own);
  }
  try {
    const fd = openSync(lock, 'wx');
    try {
      writeWhole(fd, Buffer.from(content()));
      share(lock);
    } catch (cause) {
      rmSync(lock, { force: true });
      throw cause;
    } finally {
      closeSync(fd);
    }
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
}

function readHolder(lock: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(lock, 'utf8')) as Holder;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    const stat = statSync(lock, { throwIfNoEntry: false });
    const isTorn = stat !== undefined && Date.now() - stat.mtimeMs > tornMsMin;
    return { pid: 0, startTime: null, bootId: null, pidNamespace: null, host: '', nonce: isTorn ? 'torn' : 'young' };
  }
}

function content(): string {
  return JSON.stringify({ ...selfProcess(), nonce });
}

/** Written once a process and folder, removed when it ends; what a killed one leaves is swept by `sweepDead`. */
function ownFile(dir: string): string {
  const own = join(dir, 'holders', `${process.pid}-${nonce}`);
  if (!ownFiles.has(own)) {
    remakeOwn(own);
    if (ownFiles.size === 0) process.once('exit', removeOwnFiles);
    ownFiles.add(own);
  }
  return own;
}

function remakeOwn(own: string): boolean {
  makeFolder(dirname(own));
  try {
    writeFileSync(own, content());
    share(own);
  } catch (cause) {
    rmSync(own, { force: true });
    throw cause;
  }
  return true;
}

function removeOwnFiles(): void {
  for (const own of ownFiles) {
    try {
      unlinkSync(own);
    } catch {
      // Somebody cleared the folder.
    }
  }
}
