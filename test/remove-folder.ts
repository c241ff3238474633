import { rmSync } from 'node:fs';

const waitMaxMs = 60_000;

/**
 * Takes a test's folder away. What brings records to a remote, or packs them, goes on in the background and ends by
 * itself: it may fill a folder between the moment when it was emptied and the one when it is removed, and node tries
 * that one folder again, not those above it.
 */
export function removeFolder(dir: string): void {
  const untilMs = Date.now() + waitMaxMs;
  for (;;) {
    try {
      rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
      return;
    } catch (cause) {
      if (Date.now() > untilMs) throw cause;
    }
  }
}
