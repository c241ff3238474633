/**
 * Who may speak to the server over HTTP: programs of this machine that know the token. A page in a browser can reach
 * 127.0.0.1 too, under a name of its own (DNS rebinding); its Host or Origin gives it away.
 */
import type { IncomingMessage } from 'node:http';
import { isOwnHost, isSameToken } from '../loopback/caller.ts';

export const mcpPath = '/mcp';

export interface HttpRefusal {
  readonly status: number;
  /** Of JSON-RPC; the server's own where there is none that fits better. */
  readonly code?: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Guarding {
  readonly port: number;
  /** Undefined: none is asked for. */
  readonly token: string | undefined;
}

/** Undefined for a request that may go on. */
export function refusalOf(
  { headers, method = '', url = '' }: Pick<IncomingMessage, 'headers' | 'method' | 'url'>,
  { port, token }: Guarding,
): HttpRefusal | undefined {
  if (!isOwnHost(headers.host, port)) return { status: 403, message: `This server is not ${headers.host ?? 'that'}.` };
  if (headers.origin !== undefined && !isLoopbackOrigin(headers.origin)) {
    return { status: 403, message: `Pages of ${headers.origin} may not speak to this server.` };
  }
  if (url.split('?')[0] !== mcpPath) return { status: 404, message: `There is only ${mcpPath} here.` };
  if (!['GET', 'POST', 'DELETE'].includes(method)) {
    return { status: 405, message: `${method} is not understood here.`, headers: { Allow: 'GET, POST, DELETE' } };
  }
  return token === undefined ? undefined : refusalOfToken(headers.authorization, token);
}

function isLoopbackOrigin(origin: string): boolean {
  return /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(origin);
}

function refusalOfToken(authorization: string | undefined, token: string): HttpRefusal | undefined {
  const given = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  if (given !== undefined && isSameToken(given, token)) return undefined;
  const challenge = `Bearer realm="git-intercom"${given === undefined ? '' : ', error="invalid_token"'}`;
  return {
    status: 401,
    message: `${given === undefined ? 'A token is wanted' : 'The token is another'}: Authorization: Bearer TOKEN, with the one that git intercom mcp --http printed.`,
    headers: { 'WWW-Authenticate': challenge },
  };
}
