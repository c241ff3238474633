/**
 * Claude Code names its session to hooks, to the Bash tool and to MCP servers; its own process only to the first two.
 * After `/clear` the server keeps the id that it was started with.
 */
import type { Environment, HarnessSession } from '../session.ts';

export function claudeCodeSession(env: Environment): HarnessSession | undefined {
  if (!env.CLAUDE_CODE_SESSION_ID) return undefined;
  return { harness: 'claude-code', id: env.CLAUDE_CODE_SESSION_ID, pid: pidOf(env.CLAUDE_PID) };
}

/** Before 2.1.132 a command is told that it runs in Claude Code, and not in which session. */
export function olderClaudeCodeSession(env: Environment): HarnessSession | undefined {
  return env.CLAUDECODE === '1' ? { harness: 'claude-code', id: undefined, pid: pidOf(env.CLAUDE_PID) } : undefined;
}

function pidOf(text: string | undefined): number | undefined {
  const pid = Number(text);
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}
