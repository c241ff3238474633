/** Harnesses that tell what they start of their session in one variable, and of their process not at all. */
import type { Environment, HarnessSession } from './session.ts';

const variables: Readonly<Record<string, string>> = {
  CODEX_SESSION_ID: 'codex',
  CODEX_THREAD_ID: 'codex',
  COPILOT_AGENT_SESSION_ID: 'copilot',
  /** Set by our plugin: OpenCode itself names no session to what it starts. */
  OPENCODE_SESSION_ID: 'opencode',
  /** Before 1.0 set by our extension. */
  PI_SESSION_ID: 'pi',
};

export function sessionInVariable(env: Environment): HarnessSession | undefined {
  for (const [variable, harness] of Object.entries(variables)) {
    const id = env[variable];
    if (id) return { harness, id, pid: undefined };
  }
  // Which session it is, Gemini says to hooks alone.
  return env.GEMINI_CLI ? { harness: 'gemini', id: undefined, pid: undefined } : undefined;
}
