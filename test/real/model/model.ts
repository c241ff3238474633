/**
 * A scripted model on loopback: harnesses are pointed at it with a key that names the agent, and each agent has a script.
 * It is what stands between the tests and an account, a network and chance.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { patienceMs } from '../patience.ts';
import { chat } from './chat.ts';
import { gemini } from './gemini.ts';
import { messages } from './messages.ts';
import { responses } from './responses.ts';
import { type Dialect, type RequestBody, type Saying, say } from './saying.ts';

const dialects: readonly Dialect[] = [messages, responses, chat, gemini];

/** What the model is asked in one step of an agent. */
export interface ModelRequest {
  /** When it had come, by `performance.now()`. */
  readonly atMs: number;
  /** When the model had said its answer; undefined while it has not. */
  readonly answeredAtMs?: number;
  /** What came to the conversation since the model spoke last. */
  readonly news: string;
  /** All of the conversation. */
  readonly all: string;
}

/** A turn that is a function is asked when the request has come; meanwhile the session is between two steps. */
export type Turn = Saying | ((request: ModelRequest) => Saying | Promise<Saying>);

interface Part {
  readonly turns: Turn[];
  readonly requests: ModelRequest[];
  readonly waiting: { readonly n: number; readonly come: (request: ModelRequest) => void }[];
}

export class Model {
  readonly #parts = new Map<string, Part>();
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<Model> {
    const server = createServer();
    const model = new Model(server);
    server.on('request', (request, response) => void model.#answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return model;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The end is the same for all, for Claude Code asks once whether it may use a key and remembers how it ends. */
  static keyOf(agent: string): string {
    return `sk-model-${agent}-${'0'.repeat(40)}`;
  }

  /** What the agent's model says, step by step. When the script is over, it says that it is done. */
  plays(agent: string, ...turns: Turn[]): void {
    this.#partOf(agent).turns.push(...turns);
  }

  requests(agent: string): readonly ModelRequest[] {
    return this.#partOf(agent).requests;
  }

  /** Resolves when the agent's request of that number, from 0, has come; rejects when it does not come for long. */
  request(agent: string, n: number): Promise<ModelRequest> {
    const { requests, waiting } = this.#partOf(agent);
    const known = requests[n];
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const late = () => reject(new Error(`${agent} asked its model ${requests.length} times, and not for step ${n}`));
      const timer = setTimeout(late, patienceMs);
      waiting.push({
        n,
        come: (request) => {
          clearTimeout(timer);
          resolve(request);
        },
      });
    });
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #partOf(agent: string): Part {
    const known = this.#parts.get(agent) ?? { turns: [], requests: [], waiting: [] };
    this.#parts.set(agent, known);
    return known;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const path = request.url?.split('?')[0] ?? '';
    const dialect = dialects.find((each) => each.path.test(path));
    if (dialect === undefined || request.method !== 'POST') return unknown(path, response);
    const step = dialect.isStep(body) ? this.#noteStep(agentOf(request), dialect, body) : undefined;
    const saying = step === undefined ? say('Fine.') : await step.saying;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const { event, data } of dialect.stream(saying, body)) {
      response.write(
        `${event === undefined ? '' : `event: ${event}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`,
      );
    }
    response.end(() => {
      if (step !== undefined) step.request.answeredAtMs = performance.now();
    });
  }

  #noteStep(agent: string, dialect: Dialect, body: RequestBody) {
    const { turns, requests, waiting } = this.#partOf(agent);
    const entries = dialect.conversation(body);
    const news = entries.slice(entries.findLastIndex(({ isOwn }) => isOwn) + 1);
    const text = (some: typeof entries) => some.map(({ value }) => JSON.stringify(value)).join('\n');
    const request: { -readonly [Key in keyof ModelRequest]: ModelRequest[Key] } = {
      atMs: performance.now(),
      news: text(news),
      all: text(entries),
    };
    requests.push(request);
    for (const { n, come } of waiting) if (n === requests.length - 1) come(request);
    const turn = turns.shift() ?? say('Done.');
    return { request, saying: typeof turn === 'function' ? turn(request) : turn };
  }
}

function agentOf({ headers }: IncomingMessage): string {
  const keys = [headers['x-api-key'], headers['x-goog-api-key'], headers.authorization].join(' ');
  return /sk-model-(\w+)/.exec(keys)?.[1] ?? 'unknown';
}

/** Harnesses ask for lists of models and count tokens; they go on without. */
function unknown(path: string, response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ type: 'error', error: { type: 'not_found_error', message: path } }));
}

async function bodyOf(request: IncomingMessage): Promise<RequestBody> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += part;
  try {
    return JSON.parse(text || '{}');
  } catch {
    return {};
  }
}
