/**
 * Watching the tip: file events of the ref, and a slow look for what events miss. An event only says "look again":
 * `git pack-refs` shows as a deletion, and reftable has no file for a ref.
 */
import { join } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { Oid } from '../../domain/oid.ts';
import type { Repository } from '../git/locate.ts';

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
  const { watcher, hasEvents } = await startWatcher(watched, () => doorbell.ring());
  const timer = setInterval(() => doorbell.ring(), hasEvents ? lookMs : lookWithoutEventsMs);
  const stop = () => doorbell.ring();
  signal.addEventListener('abort', stop);
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
    signal.removeEventListener('abort', stop);
    await watcher?.close();
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

/**
 * The folders above are watched, too: `git pack-refs` deletes the ref's file, and the folder that it alone was in, and
 * whoever watches just the file does not see it come back.
 */
function liesOnTheWay(path: string, file: string): boolean {
  const [above, below] = [path, file].map((each) => each.replaceAll('\\', '/')) as [string, string];
  return above === below || below.startsWith(`${above}/`);
}

async function startWatcher(
  { repository, ref }: Watched,
  onEvent: () => void,
): Promise<{ watcher: FSWatcher | undefined; hasEvents: boolean }> {
  const { commonDir } = repository;
  // Both forms: git may migrate a repository from one to the other meanwhile.
  const files = [ref, 'packed-refs', 'reftable/tables.list'];
  try {
    const ignored = (path: string) => !files.some((file) => liesOnTheWay(path, join(commonDir, file)));
    const watcher = watch(commonDir, { ignoreInitial: true, atomic: false, ignored });
    // A file that is replaced again within 5 ms is lost to chokidar's own events; those of the folder below them are not.
    watcher.on('raw', onEvent).on('all', onEvent);
    await new Promise<void>((resolve, reject) => {
      watcher.once('ready', () => resolve());
      watcher.once('error', reject);
    });
    watcher.on('error', () => {});
    return { watcher, hasEvents: true };
  } catch {
    return { watcher: undefined, hasEvents: false };
  }
}
