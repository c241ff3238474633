/**
 * The bytes of recent commits, kept until no cleaner can take them away any more.
 *
 * An object is unreachable until the ref names its commit; a `git prune` that looked around before and deletes after
 * may take it. A machine that loses power may bring it back empty. Whoever then finds a tip with missing objects writes
 * them again from here. This is the one thing under `intercom/` that matters, for two minutes and until somebody has
 * made sure that all of it is in the object store.
 *
 * One file for every ten seconds, appended to under the write lock (inflight-file.ts). A torn end (a writer killed in the
 * middle, a full disk) is passed over: its commit was not acknowledged.
 */
import { closeSync, existsSync, readdirSync, readFileSync, renameSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Oid } from '../../domain/oid.ts';
import { synced, writeWhole } from '../local/durable.ts';
import { openLockFile } from '../local/lock-file.ts';
import { makeFolder, openShared } from '../local/shared-modes.ts';
import { type DeflatedObject, type KeptName, namesIn, objectsIn } from './inflight-file.ts';

const slotMs = 10_000;
const keptMs = 120_000;
/** How long after a commit its objects are looked at: by who is still there, and by whoever comes next. */
export const looksMs: readonly number[] = [slotMs + 1_000, keptMs + 2 * slotMs];
const securedMark = '.secured';

/** Some of what is in flight: named at once, and read where it is needed. */
export interface Kept {
  readonly names: readonly KeptName[];
  /** Those of them that are whole. */
  objects(wanted: ReadonlySet<Oid>): DeflatedObject[];
}

export class Inflight {
  readonly #dir: string;
  #slotSwept = -1;

  constructor(
    private readonly intercomDir: string,
    private readonly gitDir: string,
  ) {
    this.#dir = join(intercomDir, 'inflight');
  }

  /** Resolves when the bytes are on the disk. */
  async keep(objects: readonly DeflatedObject[]): Promise<void> {
    const parts = objects.flatMap(({ oid, deflated }) => [
      Buffer.from(`${oid} ${deflated.length}\n`, 'latin1'),
      deflated,
    ]);
    const fd = this.#openSlot(String(slotNow()));
    try {
      writeWhole(fd, Buffer.concat(parts));
      await synced(fd);
    } finally {
      closeSync(fd);
    }
  }

  find(oid: Oid): Buffer | undefined {
    for (const slot of this.#slots().reverse()) {
      for (const object of objectsIn(join(this.#dir, slot), oid)) return object.deflated;
    }
    return undefined;
  }

  all(): Kept {
    return keptIn(this.#slots().map((slot) => join(this.#dir, slot)));
  }

  /**
   * Makes sure of a file's objects by `secure` when nothing is added to it any more, and once more before it is
   * forgotten. A running `git gc` decided what to delete when it started: nothing is forgotten while it runs. Looks once
   * in ten seconds, and leaves it to another writer that is at it.
   */
  async sweep(secure: (kept: Kept) => Promise<unknown>): Promise<void> {
    const slot = slotNow();
    if (slot === this.#slotSwept) return;
    this.#slotSwept = slot;
    if (!this.#slots().some((name) => this.#due(name, slot))) return;
    const lock = openLockFile(this.intercomDir, 'sweep.lock');
    if (lock.take() !== 'taken') return;
    try {
      await this.#sweepBefore(slot, secure);
    } finally {
      lock.release();
    }
  }

  async #sweepBefore(slot: number, secure: (kept: Kept) => Promise<unknown>): Promise<void> {
    for (const name of this.#slots()) {
      const due = this.#due(name, slot);
      if (due === undefined) continue;
      const file = join(this.#dir, name);
      await secure(keptIn([file]));
      if (due === 'forget') unlessGone(() => unlinkSync(file));
      else unlessGone(() => renameSync(file, file + securedMark));
    }
  }

  #due(name: string, slot: number): 'forget' | 'secure' | undefined {
    const age = slot - Number.parseInt(name, 10);
    if (age * slotMs > keptMs && !isGcRunning(this.gitDir)) return 'forget';
    const isNew = age > 0 && !name.endsWith(securedMark) && !existsSync(join(this.#dir, name) + securedMark);
    return isNew ? 'secure' : undefined;
  }

  /** What is kept, as bytes by file. Under the write lock, so that all of it belongs to commits that are made, or to none. */
  look(): ReadonlyMap<string, number> {
    return new Map(this.#slots().map((slot) => [slot, sizeOf(join(this.#dir, slot))]));
  }

  /**
   * Forgets what was there at the look and nobody added to since. Under the write lock, when the tip of then is packed:
   * what lies in a kept pack of ours is out of reach of every cleaner, and thousands of commits in two minutes would
   * leave many times as much in flight as in the pack.
   */
  forget(look: ReadonlyMap<string, number>): void {
    for (const [slot, bytes] of look) {
      if (sizeOf(join(this.#dir, slot)) === bytes) unlessGone(() => unlinkSync(join(this.#dir, slot)));
    }
  }

  #openSlot(slot: string): number {
    try {
      return openShared(join(this.#dir, slot), 'a');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
      makeFolder(this.#dir);
      return openShared(join(this.#dir, slot), 'a');
    }
  }

  #slots(): string[] {
    try {
      return readdirSync(this.#dir).sort();
    } catch {
      return [];
    }
  }
}

function keptIn(files: readonly string[]): Kept {
  return {
    names: files.flatMap(namesIn),
    objects: (wanted) => files.flatMap((file) => [...objectsIn(file)].filter(({ oid }) => wanted.has(oid))),
  };
}

/** -1 for a file that is gone: another writer has swept it. */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? -1;
}

/** Who packs forgets under the write lock, and who sweeps does not hold that: either may come first. */
function unlessGone(act: () => void): void {
  try {
    act();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
  }
}

function slotNow(): number {
  return Math.floor(Date.now() / slotMs);
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
