/**
 * `write.lock`: made whole by link(2), with who holds it inside.
 *
 * A dead holder's lock is taken over under a lock of its own, `write.lock.<nonce of the dead>`, by the same protocol:
 * whoever has that one looks again, and if the dead nonce still stands, renames its own file over it. A nonce never
 * comes back, so of two takers the second finds another nonce and lets go; and a taker that dies is itself taken over,
 * one level down.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type ProcessIdentity, processState, selfProcess } from './process.ts';

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

export function openLockFile(dir: string) {
  const lock = join(dir, 'write.lock');
  const own = ownFile(dir);
  return {
    /** Without a look at who has it. */
    takeFree: (): boolean => create(lock, own),
    take: (): 'taken' | Holder | undefined => take(lock, own, 0),
    holder: () => readHolder(lock),
    release: () => rmSync(lock, { force: true }),
  };
}

/** `taken`, or who has it (undefined when it went in this moment). */
function take(lock: string, own: string, depth: number): 'taken' | Holder | undefined {
  if (create(lock, own)) return 'taken';
  const holder = readHolder(lock);
  if (holder === undefined || !isDead(holder) || depth >= takeoverDepthMax) return holder;
  const claim = `${lock}.${holder.nonce}`;
  if (take(claim, own, depth + 1) !== 'taken') return holder;
  try {
    if (readHolder(lock)?.nonce !== holder.nonce) return readHolder(lock);
    const copy = `${own}-${depth}`;
    writeFileSync(copy, content());
    renameSync(copy, lock);
    return 'taken';
  } finally {
    rmSync(claim, { force: true });
  }
}

function isDead(holder: Holder): boolean {
  return holder.nonce === 'torn' || (holder.nonce !== nonce && processState(holder) === 'dead');
}

/** False when it exists. Where hard links cannot be had, exclusive creation and then writing must do. */
function create(lock: string, own: string): boolean {
  try {
    linkSync(own, lock);
    return true;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === 'ENOENT') return remakeOwn(own) && create(lock, own);
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EMLINK' && code !== 'ENOSYS') throw cause;
  }
  try {
    const fd = openSync(lock, 'wx');
    writeSync(fd, content());
    closeSync(fd);
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

/** Written once a process and folder, removed when it ends; what a killed one leaves is swept by `sweepHolders`. */
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
  mkdirSync(join(own, '..'), { recursive: true });
  writeFileSync(own, content());
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
