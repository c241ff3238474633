/** The page's server: one address on 127.0.0.1, the page's files, the events that keep it true, and what is answered on it. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { bodyOf } from '../loopback/body.ts';
import { listenOnLoopback } from '../loopback/listen.ts';
import { keepInTouch } from '../operations/in-touch.ts';
import { actOn } from './acts.ts';
import { answerJson, answerWith, guardingHeaders, refuseWith } from './answer.ts';
import { filesIn } from './files.ts';
import { baseOf, cookieFor, hasCookie, noToken, refusalOf } from './guard.ts';
import { LivePages } from './live.ts';
import type { PageParts, PageServing } from './port.ts';
import { lookedAt } from './state.ts';

/** The longest message, each of its characters written as an escape. */
const bodyBytesMax = 512 * 1024;

export async function servePage(parts: PageParts): Promise<PageServing> {
  const { session, operations, signal } = parts;
  const token = randomBytes(32).toString('base64url');
  const files = filesIn(parts.folder);
  const base = baseOf(token);
  const live = new LivePages(() => lookedAt(session, operations));
  let port = parts.port;
  const server = createServer((request, response) => {
    handle(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else refuseWith(response, { status: 500, message: 'The server failed: look at the page again.' });
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const guarding = { port, token };
    const refusal = refusalOf(request, guarding);
    if (refusal !== undefined) return refuseWith(response, refusal);
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const cookie = cookieFor(url, guarding);
    if (cookie !== undefined) return welcome(request, response, cookie);
    if (!url.pathname.startsWith(base) || !hasCookie(request, guarding)) return refuseWith(response, noToken);
    const name = url.pathname.slice(base.length);
    if (name === 'act' && request.method === 'POST') return act(request, response);
    if (request.method !== 'GET') {
      return refuseWith(response, { status: 405, message: `${request.method} is not understood here.` });
    }
    const file = files.get(name);
    if (file !== undefined) return answerWith(response, file);
    if (name !== 'events') return refuseWith(response, { status: 404, message: 'There is nothing here of that name.' });
    if (live.isFull) return refuseWith(response, { status: 503, message: 'Too many pages are open: close some.' });
    live.open(response);
  }

  /** The token leaves the address. A browser that comes from another site keeps such a cookie to itself when it is sent on at once. */
  function welcome({ headers }: IncomingMessage, response: ServerResponse, cookie: string): void {
    const isFromElsewhere = headers['sec-fetch-site'] === 'cross-site';
    const onward = isFromElsewhere ? { Refresh: `0; url=${base}` } : { Location: base };
    response.writeHead(isFromElsewhere ? 200 : 303, { ...guardingHeaders, ...onward, 'Set-Cookie': cookie }).end();
  }

  async function act(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers['content-type'] !== 'application/json') {
      return refuseWith(response, { status: 415, message: 'What is done here is sent as JSON.' });
    }
    const body = await bodyOf(request, bodyBytesMax);
    if (body === undefined) {
      return refuseWith(response, { status: 413, message: `A request has at most ${bodyBytesMax} bytes.` });
    }
    const { status, body: told } = await actOn(body, session, operations);
    answerJson(response, status, told);
  }

  port = await listenOnLoopback(server, parts.port);
  const touch = keepInTouch(session, signal).catch(() => {});
  const ended = live.follow(session, signal).then(async () => {
    server.close();
    server.closeAllConnections();
    await touch;
  });
  return { address: `http://127.0.0.1:${port}/?token=${token}`, ended };
}
