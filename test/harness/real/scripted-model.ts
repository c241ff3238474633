/**
 * A model that says what a test wrote down, for real harnesses: no account, no network but the loopback. It is asked in
 * the dialects of four providers, and keeps what it was asked.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anthropic } from './dialects/anthropic.ts';
import { completions } from './dialects/completions.ts';
import { gemini } from './dialects/gemini.ts';
import { responses } from './dialects/responses.ts';
import type { Body, StreamEvent, Turn } from './turn.ts';

const dialects = [anthropic, responses, completions, gemini];

export interface ScriptedModel {
  readonly url: string;
  /** Of the agent, in order, as text: what it has heard. */
  readonly requests: readonly string[];
  close(): void;
}

/** One turn for each request of the agent; when they are over it says `over`, which ends its work. */
export async function startScriptedModel(turns: readonly Turn[]): Promise<ScriptedModel> {
  const left = [...turns];
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const text = await textOf(request);
    const path = (request.url ?? '').replace(/\?.*/, '');
    const dialect = dialects.find((each) => each.path.test(path));
    if (dialect === undefined) return answerAside(path, response);
    const body: Body = JSON.parse(text);
    const isAgents = dialect.isAgents(body);
    if (isAgents) requests.push(text);
    const turn = isAgents ? (left.shift() ?? { text: 'over' }) : { text: 'ok' };
    send(dialect.stream(turn, String(body.model)), response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, requests, close };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

function send(events: readonly StreamEvent[], response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const { event, data } of events) {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    response.write(`${event === undefined ? '' : `event: ${event}\n`}data: ${text}\n\n`);
  }
  response.end();
}

/** Counting tokens and listing models; whatever else is not there, which harnesses bear. */
function answerAside(path: string, response: ServerResponse): void {
  const isCount = /count_?tokens$/i.test(path);
  const isList = path.endsWith('/models');
  response.writeHead(isCount || isList ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(isCount ? { input_tokens: 10, totalTokens: 10 } : { object: 'list', data: [] }));
}
