/**
 * By which session a session was started, where its harness tells: Claude Code names the sessions above one of its own, the
 * nearest first; and a harness that was started in a shell of another has the other's variables.
 */
import { sessionInEnvironment } from './detect.ts';
import type { Environment, HarnessSession } from './session.ts';

export interface Launcher {
  readonly harness: string;
  readonly id: string;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function launchedBy(
  { harness, id }: Pick<HarnessSession, 'harness' | 'id'>,
  env: Environment,
): Launcher | undefined {
  if (harness === 'claude-code') {
    // What it cannot name is `unknown`, and what the same terminal showed before `/clear` is marked: neither started it.
    const [nearest = ''] = (env.CLAUDE_CODE_LAUNCHED_BY_SESSION_IDS ?? '').split(',').map((each) => each.trim());
    if (uuid.test(nearest) && nearest !== id) return { harness, id: nearest };
  }
  const around = sessionInEnvironment(env);
  return around?.id !== undefined && around.harness !== harness
    ? { harness: around.harness, id: around.id }
    : undefined;
}
