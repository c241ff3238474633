/** Which harness session this process belongs to, by what the harness put into its environment or into a request. */
import { claudeCodeSession, olderClaudeCodeSession } from './claude-code/session.ts';
import { sessionInVariable } from './others.ts';
import type { Environment, HarnessSession } from './session.ts';

export function sessionInEnvironment(env: Environment): HarnessSession | undefined {
  return claudeCodeSession(env) ?? sessionInVariable(env) ?? olderClaudeCodeSession(env);
}

/** Whether only a call tells which session it is of: before the first one nobody is here yet. */
export function isNamedInCalls(harness: string): boolean {
  return harness === 'codex' || harness === 'opencode' || harness === 'pi';
}

/**
 * Codex names the session in each tool call (`_meta.sessionId`), for one server may serve several; our plugins of OpenCode
 * and pi put it into the arguments (`_session`), for the same reason.
 */
export function sessionInCall(
  harness: string,
  meta: Readonly<Record<string, unknown>> | undefined,
  input: Readonly<Record<string, unknown>> | undefined,
): HarnessSession | undefined {
  const id = text(meta?.sessionId) ?? text(input?._session);
  return id === undefined ? undefined : { harness, id, pid: undefined };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
