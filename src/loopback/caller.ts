/**
 * Who may speak to a server on 127.0.0.1: whoever knows its token. A page in a browser can reach it too, under a name of
 * its own (DNS rebinding); its Host gives it away.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

export function isOwnHost(host: string | undefined, port: number): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].some((name) => host?.toLowerCase() === `${name}:${port}`);
}

/** Takes as long for a wrong token as for the right one, so that none is found out letter by letter. */
export function isSameToken(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
