/** How an idle session is woken by the server that it started. Other harnesses are woken by a plugin of theirs, or not. */
import { wakeClaudeCode } from './claude-code/wake.ts';
import { endWatcher, wakeByWatcher } from './claude-code/watcher.ts';
import { harnessOfClient } from './client-name.ts';
import { wakeCodex } from './codex/wake.ts';
import type { Environment } from './session.ts';

export interface Waker {
  /** Puts a line before the session, or, where no hook has told which it is, that of the start. Resolves with whether it is on its way. */
  readonly wake: (text: string, session: string | undefined) => Promise<boolean>;
  /** Nobody will wake the session any more: what waits for that ends. Never throws. */
  readonly end: (session: string | undefined) => void;
}

export function wakerIn(env: Environment, cacheFolder: string, clientName: () => string | undefined): Waker {
  const atStart = env.CLAUDE_CODE_SESSION_ID;
  return {
    wake: async (text, told) => {
      const harness = harnessOfClient(clientName());
      if (harness === 'claude-code') {
        if (await wakeClaudeCode(text, env)) return true;
        const session = told ?? atStart;
        return session !== undefined && wakeByWatcher(text, session, cacheFolder);
      }
      // Without hooks nobody knows whether it is idle, and what is queued behind a running turn would come twice.
      if (harness === 'codex' && told !== undefined) return wakeCodex(text, told, env);
      return false;
    },
    end: (told) => {
      const session = told ?? atStart;
      if (session !== undefined && harnessOfClient(clientName()) === 'claude-code') endWatcher(session, cacheFolder);
    },
  };
}
