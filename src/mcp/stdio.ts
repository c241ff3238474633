/** The server over stdin and stdout. stdout carries the protocol and nothing else. */
import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioTransport } from './stdio-transport.ts';
import { answerWrongParams } from './wrong-params.ts';

/** Resolves when the client is gone: its end of the pipe is closed, or it does not read any more. */
export async function serveStdio(server: Server): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
    process.stdout.once('error', () => resolve());
    server.onclose = resolve;
  });
  const transport = new StdioTransport(process.stdin, process.stdout);
  await server.connect(transport);
  answerWrongParams(transport);
  await gone;
}
