/**
 * The bytes of recent commits, kept until no cleaner can take them away any more.
 *
 * An object is unreachable until the ref names its commit; a `git prune` that looked around before and deletes after
 * may take it. Whoever then finds a tip with missing objects restores them from here. This is the one thing under
 * `intercom/` that matters, for two minutes.
 *
 * One file for every ten seconds, appended to under the write lock: `<oid> <bytes>\n<deflated>`. A torn end (a writer
 * killed in the middle) is passed over: its commit was not acknowledged.
 */
import {
  closeSync,
  fsync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Oid } from '../../domain/oid.ts';

const slotMs = 10_000;
const keptMs = 120_000;

export interface DeflatedObject {
  readonly oid: Oid;
  readonly deflated: Buffer;
}

export class Inflight {
  readonly #dir: string;
  #slotDone = -1;

  constructor(
    intercomDir: string,
    private readonly gitDir: string,
  ) {
    this.#dir = join(intercomDir, 'inflight');
  }

  /** Resolves when the bytes are on the disk. */
  async keep(objects: readonly DeflatedObject[]): Promise<void> {
    const slot = Math.floor(Date.now() / slotMs);
    if (slot !== this.#slotDone) {
      mkdirSync(this.#dir, { recursive: true });
      this.#sweep(slot);
      this.#slotDone = slot;
    }
    const parts = objects.flatMap(({ oid, deflated }) => [
      Buffer.from(`${oid} ${deflated.length}\n`, 'latin1'),
      deflated,
    ]);
    const fd = openSync(join(this.#dir, String(slot)), 'a');
    try {
      writeSync(fd, Buffer.concat(parts));
      await new Promise<void>((resolve, reject) => fsync(fd, (error) => (error ? reject(error) : resolve())));
    } finally {
      closeSync(fd);
    }
  }

  find(oid: Oid): Buffer | undefined {
    for (const slot of this.#slots()) {
      const found = findIn(join(this.#dir, slot), oid);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #slots(): string[] {
    try {
      return readdirSync(this.#dir).sort().reverse();
    } catch {
      return [];
    }
  }

  /** A running `git gc` decided what to delete when it started; nothing is forgotten while it runs. */
  #sweep(slot: number): void {
    const old = this.#slots().filter((name) => (slot - Number(name)) * slotMs > keptMs);
    if (old.length === 0 || isGcRunning(this.gitDir)) return;
    for (const name of old) {
      try {
        unlinkSync(join(this.#dir, name));
      } catch {
        // Another writer was quicker.
      }
    }
  }
}

/** git's own rule (builtin/gc.c, lock_repo_for_gc): a gc.pid of the last twelve hours; its pid only counts on its host. */
export function isGcRunning(gitDir: string): boolean {
  const file = join(gitDir, 'gc.pid');
  try {
    if (Date.now() - statSync(file).mtimeMs > 12 * 3600 * 1000) return false;
    const pid = Number.parseInt(readFileSync(file, 'latin1'), 10);
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function findIn(file: string, oid: Oid): Buffer | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return undefined;
  }
  const at = bytes.indexOf(`${oid} `, 0, 'latin1');
  if (at < 0) return undefined;
  const lineEnd = bytes.indexOf(10, at);
  const size = Number(bytes.toString('latin1', at + oid.length + 1, lineEnd));
  const end = lineEnd + 1 + size;
  return Number.isInteger(size) && lineEnd > 0 && end <= bytes.length ? bytes.subarray(lineEnd + 1, end) : undefined;
}
