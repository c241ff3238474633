/**
 * The first request of a client, which has no session yet: read before anything is made for it, so that one that does not
 * begin is told how to, and costs nobody a session or a name.
 */
import type { IncomingMessage } from 'node:http';
import { ErrorCode } from '@modelcontextprotocol/sdk/types.js';
import { bodyOf } from '../loopback/body.ts';
import type { HttpRefusal } from './http-guard.ts';
import { wrongIn } from './wrong-params.ts';

export const bodyBytesMax = 10_000_000;

/** The status is the protocol's (2025-11-25, "Transports", session management); for a session that is over it is 404. */
export const noSession: HttpRefusal = { status: 400, message: 'Mcp-Session-Id is missing: begin with initialize.' };

/** What is left of it is not read. */
const tooLong: HttpRefusal = {
  status: 413,
  message: `A request has at most ${bodyBytesMax} bytes.`,
  headers: { Connection: 'close' },
};
const noJson: HttpRefusal = { status: 400, code: ErrorCode.ParseError, message: 'The body is not JSON.' };

/** The body as it was parsed, where it begins a session. Whether it is one request, and accepted, the transport says. */
export async function firstBody(request: IncomingMessage): Promise<{ readonly body: unknown } | HttpRefusal> {
  const text = await bodyOf(request, bodyBytesMax);
  if (text === undefined) return tooLong;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return noJson;
  }
  const initialize = (Array.isArray(body) ? body : [body]).find(isInitialize);
  if (initialize === undefined) return noSession;
  const wrong = wrongIn(initialize);
  return wrong === undefined ? { body } : { status: 400, code: ErrorCode.InvalidParams, message: wrong };
}

function isInitialize(message: unknown): message is { readonly method: 'initialize' } {
  return typeof message === 'object' && message !== null && 'method' in message && message.method === 'initialize';
}
