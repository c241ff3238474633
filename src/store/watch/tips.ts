/**
 * Watching the tip: file events of the ref, and a slow look for what events miss. An event only says "look again":
 * `git pack-refs` shows as a deletion, and reftable has no file for a ref.
 */
import type { Oid } from '../../domain/oid.ts';
import type { Repository } from '../git/locate.ts';
import { watchFolders } from './folders.ts';

/** Never faster: events do the work, this is for file systems that have none. */
const lookMs = 30_000;
/** Where events cannot be had, the look is all there is. */
const lookWithoutEventsMs = 1_000;

interface Watched {
  readonly repository: Repository;
  readonly ref: string;
  readonly readTip: () => Promise<Oid | null>;
}

export async function* watchTips(watched: Watched, signal: AbortSignal): AsyncIterable<Oid | null> {
  const doorbell = new Doorbell();
  const { commonDir, refFormat } = watched.repository;
  const ring = () => doorbell.ring();
  const files = refFormat === 'reftable' ? ['reftable/tables.list'] : [watched.ref, 'packed-refs'];
  const watcher = watchFolders(commonDir, files, ring);
  const timer = setInterval(ring, watcher.hasEvents ? lookMs : lookWithoutEventsMs);
  signal.addEventListener('abort', ring);
  try {
    let last: Oid | null | undefined;
    while (!signal.aborted) {
      const tip = await watched.readTip();
      if (tip !== last) {
        last = tip;
        yield tip;
      } else {
        await doorbell.rung();
      }
    }
  } finally {
    clearInterval(timer);
    signal.removeEventListener('abort', ring);
    watcher.close();
  }
}

/** Remembers a ring until somebody has heard it, so that nothing is missed between two looks. */
class Doorbell {
  #isRung = false;
  #hear: (() => void) | undefined;

  ring(): void {
    this.#isRung = true;
    this.#hear?.();
  }

  async rung(): Promise<void> {
    if (!this.#isRung) {
      await new Promise<void>((resolve) => {
        this.#hear = resolve;
      });
    }
    this.#isRung = false;
    this.#hear = undefined;
  }
}
