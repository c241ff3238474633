/**
 * The server over Streamable HTTP, at /mcp on 127.0.0.1: many clients, each with a session, a server and an agent of
 * its own. A session ends with DELETE, or when nothing was heard of it for long.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { IntercomError } from '../domain/failure.ts';
import { listenOnLoopback } from '../loopback/listen.ts';
import { answerError } from './http-answer.ts';
import { firstBody, noSession } from './http-first.ts';
import { type HttpRefusal, mcpPath, refusalOf } from './http-guard.ts';
import { type HttpClient, HttpSession } from './http-session.ts';

export interface HttpParts {
  /** 0: one that is free. */
  readonly port: number;
  /** What clients must bring; undefined: nothing. */
  readonly token: string | undefined;
  /** For a client that begins. An IntercomError is told to it, and there is no session. */
  readonly open: (id: string, agent: string | undefined) => HttpClient;
  readonly idleMsMax?: number;
  /** Each holds events and an agent; a client that begins anew for each request would fill the memory. */
  readonly sessionsMax?: number;
  readonly clock?: () => number;
}

export interface HttpServing {
  readonly address: string;
  /** Resolves when all clients are gone, and nobody can come any more. */
  readonly end: () => Promise<void>;
}

/** Calls that are waiting are told that the server ends; their answers have so long to go out. */
const graceMs = 1_000;
const idleMsMaxDefault = 30 * 60_000;
/** How often idle sessions are looked for, as a part of the time that makes them idle. */
const looksInIdle = 30;
/** A client that has no stream open, and sent nothing for that long, gives way to one that wants its name or its place. */
const awayMs = 60_000;
/** A client may say which agent it is. */
const agentHeader = 'intercom-agent';
const sessionsMaxDefault = 500;

export async function serveHttp(parts: HttpParts): Promise<HttpServing> {
  const { port, token, open, idleMsMax = idleMsMaxDefault, sessionsMax = sessionsMaxDefault, clock = Date.now } = parts;
  const sessions = new Map<string, HttpSession>();
  /** Of the names that clients gave themselves; from their first request. */
  const holders = new Map<string, HttpSession>();
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const refusal = refusalOf(request, { port, token });
    if (refusal !== undefined) return answerError(response, refusal);
    void handle(request, response).catch(() => {
      if (!response.headersSent) answerError(response, { status: 500, message: 'The server failed.' });
      else response.destroy();
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = request.headers['mcp-session-id'];
    if (id === undefined && request.method === 'POST') return begin(request, response);
    const session = sessions.get(String(id));
    if (session === undefined) return answerError(response, id === undefined ? noSession : unknownSession);
    await session.handle(request, response);
  }

  /** Only a request to initialize makes a session, or takes the place or the name of one that is away. */
  async function begin(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const first = await firstBody(request);
    if (response.destroyed) return;
    if ('status' in first) return answerError(response, first);
    if (sessions.size >= sessionsMax) {
      // Of clients that went without a word the first makes room; one that comes back begins a new session.
      const [quietest] = [...sessions.values()].sort((a, b) => a.lastMs - b.lastMs).filter(isAway);
      if (quietest === undefined) return answerError(response, tooMany(sessionsMax));
      void quietest.end();
    }
    const agent = textOf(request.headers[agentHeader]);
    const holder = holders.get(keyOf(agent));
    if (holder !== undefined && !isAway(holder)) return answerError(response, takenBy(holder));
    const id = randomUUID();
    let client: HttpClient;
    try {
      client = open(id, agent);
    } catch (thrown) {
      if (!(thrown instanceof IntercomError)) throw thrown;
      return answerError(response, { status: 400, message: `${thrown.message} ${thrown.next}` });
    }
    const session = new HttpSession({
      id,
      agent,
      client,
      clock,
      onBegin: (begun) => sessions.set(id, begun),
      onEnd: (ended) => {
        sessions.delete(id);
        if (holders.get(keyOf(agent)) === ended) holders.delete(keyOf(agent));
      },
    });
    if (agent !== undefined) holders.set(keyOf(agent), session);
    response.once('close', () => {
      if (!sessions.has(id)) void session.end();
    });
    // Its client went without a word; most likely it is the one that begins anew.
    await holder?.end();
    await session.connect();
    await session.handle(request, response, first.body);
  }

  const looking = setInterval(() => {
    for (const session of sessions.values()) if (session.isIdleFor(idleMsMax)) void session.end();
  }, idleMsMax / looksInIdle);
  looking.unref();
  const listeningAt = await listenOnLoopback(server, port);
  return {
    address: `http://127.0.0.1:${listeningAt}${mcpPath}`,
    end: async () => {
      clearInterval(looking);
      server.close();
      await withinMs(graceMs, () => [...sessions.values()].every((session) => !session.isAnswering));
      await Promise.all([...sessions.values()].map((session) => session.end()));
      server.closeAllConnections();
    },
  };
}

const unknownSession: HttpRefusal = { status: 404, message: 'That session is over: begin a new one with initialize.' };

function tooMany(max: number): HttpRefusal {
  return { status: 503, message: `There are ${max} sessions here already: end some.` };
}

function isAway(session: HttpSession): boolean {
  return session.isIdleFor(awayMs);
}

async function withinMs(ms: number, isSo: () => boolean): Promise<void> {
  const endMs = performance.now() + ms;
  while (!isSo() && performance.now() < endMs) await sleep(10);
}

function keyOf(agent = ''): string {
  return agent.toLowerCase();
}

function takenBy({ agent }: HttpSession): HttpRefusal {
  return {
    status: 409,
    message: `The name ${agent} is taken by a client that is here: send another in Intercom-Agent.`,
  };
}

function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && header.trim() !== '' ? header.trim() : undefined;
}
