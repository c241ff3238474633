/**
 * Clones of one machine take turns at the remote that they share, so that one does not lose its race for a push to
 * another beside it: what is lost is a fetch, a decision and a push of both, on the same processors. Whoever has the
 * turn is told what the one before left there, and so knows whether a push needs a fetch first.
 *
 * It saves work, and nothing rests on it: the remote's own compare-and-swap decides. Who waited too long goes on without
 * a turn, and where the folder cannot be used nobody has one.
 */
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Oid } from '../../domain/oid.ts';
import { readMemo, writeMemo } from '../local/memo-file.ts';
import { acquireWriteLock } from '../local/write-lock.ts';

export interface Left {
  /** The tip of the remote's branch when it was seen last; null where nobody has looked. */
  readonly tip: Oid | null;
  /** When something came that no clone of this machine had brought there; milliseconds of this machine's clock. */
  readonly cameMs: number;
}

const nothing: Left = { tip: null, cameMs: 0 };

/** No exchange takes as long: who has the turn is gone, and from here that cannot be seen. */
const leftOverMs = 60_000;

export class Turns {
  /** `dir` belongs to one branch of one remote. */
  constructor(
    private readonly dir: string,
    private readonly waitMsMax: number,
  ) {}

  /** Answers how to end it. */
  async take(): Promise<() => Promise<void>> {
    try {
      const lock = await acquireWriteLock(this.dir, { waitMsMax: this.waitMsMax });
      return () => lock.release();
    } catch {
      this.#clearLeftOver();
      return async () => {};
    }
  }

  left(): Left {
    return readMemo(this.#file, nothing);
  }

  leave(left: Left): void {
    writeMemo(this.#file, left);
  }

  get #file(): string {
    return join(this.dir, 'left.json');
  }

  /** Linking it has set its ctime (link(2)). */
  #clearLeftOver(): void {
    try {
      const lock = join(this.dir, 'write.lock');
      if (Date.now() - statSync(lock).ctimeMs > leftOverMs) rmSync(lock, { force: true });
    } catch {
      // Somebody else did, or nobody can.
    }
  }
}
