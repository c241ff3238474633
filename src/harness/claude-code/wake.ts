/**
 * Wakes an idle Claude Code through the session's own inbox: a socket that it names to the programs that it starts
 * (code.claude.com/docs, "Cross-session messaging", the session's inbox socket; 2.1.228). Works between steps as well.
 */
import { connect } from 'node:net';
import type { Environment } from '../session.ts';

/** Resolves with false where there is no inbox, or nobody listens there. */
export function wakeClaudeCode(text: string, env: Environment): Promise<boolean> {
  const { CLAUDE_CODE_MESSAGING_SOCKET: path, CLAUDE_CODE_MESSAGING_TOKEN: token } = env;
  if (!path) return Promise.resolve(false);
  const lines = [
    ...(token ? [{ type: 'auth', token }] : []),
    { type: 'user', message: { role: 'user', content: text } },
  ].map((line) => `${JSON.stringify(line)}\n`);
  return new Promise((resolve) => {
    const socket = connect(path, () => socket.end(lines.join('')));
    socket.setTimeout(2_000, () => socket.destroy());
    socket.once('error', () => resolve(false));
    socket.once('close', (hadError) => resolve(!hadError));
    socket.resume();
  });
}
