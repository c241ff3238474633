/**
 * Who may see the page: a browser that brought the token once, in the address, and has it in a cookie since. Cookies know
 * no ports, so that this one is for a path that no other server of this machine has.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isOwnHost, isSameToken } from '../loopback/caller.ts';

type Asked = Pick<IncomingMessage, 'headers' | 'method' | 'url'>;

export interface Refused {
  readonly status: number;
  readonly message: string;
}

interface Guarding {
  readonly port: number;
  readonly token: string;
}

const cookieName = 'intercom';

/** Where the page lies: no secret, and the token cannot be found from it. */
export function baseOf(token: string): string {
  return `/${createHash('sha256').update(`page ${token}`).digest('hex').slice(0, 16)}/`;
}

/** Undefined for a request of this page, or of a person who begins. */
export function refusalOf({ headers, method }: Asked, { port }: Guarding): Refused | undefined {
  const { host, origin } = headers;
  if (!isOwnHost(host, port)) return { status: 403, message: `This server is not ${host ?? 'that'}.` };
  // A page at another port of this host is another's.
  const isOwnOrigin = origin?.toLowerCase() === `http://${host?.toLowerCase()}`;
  if (origin === undefined ? method === 'POST' : !isOwnOrigin) {
    return { status: 403, message: `Pages of ${origin ?? 'nowhere'} may not speak to this server.` };
  }
  return undefined;
}

/** Where the browser is sent with the cookie; undefined where the address brings no token, or another. */
export function cookieFor(url: URL, { token }: Guarding): string | undefined {
  const given = url.searchParams.get('token');
  if (url.pathname !== '/' || given === null || !isSameToken(given, token)) return undefined;
  return `${cookieName}=${token}; Path=${baseOf(token)}; HttpOnly; SameSite=Strict`;
}

export function hasCookie({ headers }: Pick<Asked, 'headers'>, { token }: Guarding): boolean {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.some(([name, value = '']) => name === cookieName && isSameToken(value, token));
}

export const noToken: Refused = {
  status: 401,
  message: 'This page wants its token: open the address that git intercom ui printed.',
};
