/** How an idle session is woken by the server that it started. Other harnesses are woken by a plugin of theirs, or not. */
import { wakeClaudeCode } from './claude-code/wake.ts';
import { harnessOfClient } from './client-name.ts';
import { wakeCodex } from './codex/wake.ts';
import type { Environment } from './session.ts';

/** Answers whether the line is on its way. */
export function wakerIn(
  env: Environment,
  clientName: () => string | undefined,
): (text: string, session: string | undefined) => Promise<boolean> {
  return async (text, session) => {
    const harness = harnessOfClient(clientName());
    if (harness === 'claude-code') return wakeClaudeCode(text, env);
    // Without hooks nobody knows whether it is idle, and what is queued behind a running turn would come twice.
    if (harness === 'codex' && session !== undefined) return wakeCodex(text, session, env);
    return false;
  };
}
