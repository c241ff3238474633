/** How an idle session is woken by the server that it started. Other harnesses are woken by a plugin of theirs, or not. */
import { wakeClaudeCode } from './claude-code/wake.ts';
import { endWatcher, wakeByWatcher } from './claude-code/watcher.ts';
import { harnessOfClient } from './client-name.ts';
import { wakeCodex } from './codex/wake.ts';
import type { Environment } from './session.ts';

export interface Waker {
  /**
   * Puts a line before the session that a hook has told, or the one of the process. Resolves with whether it waits there for the turn
   * to begin (`sent`), or has begun it (`taken`).
   */
  readonly wake: (text: string, session: string | undefined) => Promise<'sent' | 'taken' | undefined>;
  /** Nobody will wake the sessions of this process any more: what waits for that ends. Never throws. */
  readonly end: () => void;
}

interface Place {
  readonly env: Environment;
  readonly cacheFolder: string;
  readonly clientName: () => string | undefined;
  /** The harness's own process; undefined where it is gone. */
  readonly pid: () => number | undefined;
}

export function wakerIn({ env, cacheFolder, clientName, pid }: Place): Waker {
  return {
    wake: async (text, told) => {
      const harness = harnessOfClient(clientName());
      if (harness === 'claude-code') {
        if (await wakeClaudeCode(text, env)) return 'sent';
        const process = pid();
        const turns = told === undefined ? 'untold' : 'told';
        return process !== undefined && (await wakeByWatcher(text, process, cacheFolder, turns)) ? 'taken' : undefined;
      }
      // Without hooks nobody knows whether it is idle, and what is queued behind a running turn would come twice.
      return harness === 'codex' && told !== undefined && (await wakeCodex(text, told, env)) ? 'sent' : undefined;
    },
    end: () => {
      const process = pid();
      if (process !== undefined && harnessOfClient(clientName()) === 'claude-code') endWatcher(process, cacheFolder);
    },
  };
}
