/** Wakes an idle Codex: `codex queue` begins a turn in the session, as soon as it has none (Codex 0.169). */
import { spawn } from 'node:child_process';
import type { Environment } from '../session.ts';

/** Resolves with false where there is no such program, or it knows no such session. */
export function wakeCodex(text: string, session: string, env: Environment): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn('codex', ['queue', '--thread', session, '--message', text], {
      env: { ...env },
      stdio: 'ignore',
      timeout: 10_000,
      windowsHide: true,
    });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}
