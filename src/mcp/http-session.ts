/** One client over HTTP: its server, its transport, and whether it is still there. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { RecentEvents } from './event-store.ts';
import { answerError } from './http-answer.ts';
import { bodyBytesMax } from './http-first.ts';
import { answerWrongParams } from './wrong-params.ts';

/** What a session is served by; made anew for each. */
export interface HttpClient {
  readonly server: Pick<Server, 'connect' | 'close'>;
  /** When the session is over. */
  readonly end: () => Promise<void>;
}

interface SessionParts {
  readonly id: string;
  /** The name that the client gave itself. */
  readonly agent: string | undefined;
  readonly client: HttpClient;
  readonly clock: () => number;
  readonly onBegin: (session: HttpSession) => void;
  readonly onEnd: (session: HttpSession) => void;
}

/** How soon a client whose stream was closed may come back. */
const retryMs = 1_000;

export class HttpSession {
  readonly #transport: StreamableHTTPServerTransport;
  readonly #events: RecentEvents;
  #openCount = 0;
  #listeningCount = 0;
  /** What was sent from there on, nobody listened to. */
  #unheardFrom: string;
  #lastMs: number;
  #ending: Promise<void> | undefined;

  constructor(private readonly parts: SessionParts) {
    const { id, clock, onBegin } = parts;
    this.#lastMs = clock();
    this.#events = new RecentEvents(clock);
    this.#unheardFrom = this.#events.here();
    this.#transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => id,
      onsessioninitialized: () => onBegin(this),
      onsessionclosed: () => this.end(),
      eventStore: this.#events,
      retryInterval: retryMs,
      maxRequestBodySize: bodyBytesMax,
    });
  }

  get id(): string {
    return this.parts.id;
  }

  get agent(): string | undefined {
    return this.parts.agent;
  }

  /** When it was heard of last. */
  get lastMs(): number {
    return this.#lastMs;
  }

  async connect(): Promise<void> {
    await this.parts.client.server.connect(this.#transport);
    answerWrongParams(this.#transport);
  }

  /** With the body of a request that was read already. */
  async handle(request: IncomingMessage, response: ServerResponse, body?: unknown): Promise<void> {
    this.#openCount++;
    response.once('close', () => {
      this.#openCount--;
      this.#lastMs = this.parts.clock();
    });
    if (request.method === 'GET') return this.#listen(request, response);
    await this.#transport.handleRequest(request, response, body);
  }

  async #listen(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const lastEvent = request.headers['last-event-id'];
    if (typeof lastEvent === 'string' && lastEvent !== '') {
      if (!this.#events.knows(lastEvent)) {
        return answerError(response, { status: 400, message: `The event ${lastEvent} is not known any more.` });
      }
      if (this.#events.isAnswered(lastEvent)) return this.#sendRest(lastEvent, response);
    } else if (this.#listeningCount === 0) goOnAfter(this.#unheardFrom, request);
    this.#listeningCount++;
    response.once('close', () => {
      this.#listeningCount--;
      this.#unheardFrom = this.#events.here();
    });
    await this.#transport.handleRequest(request, response);
  }

  /** A stream is open that ends with an answer. */
  get isAnswering(): boolean {
    return this.#openCount > this.#listeningCount;
  }

  /** With no stream open, and no request for that long. */
  isIdleFor(idleMs: number): boolean {
    return this.#openCount === 0 && this.parts.clock() - this.#lastMs >= idleMs;
  }

  /** Its calls in flight are taken back first, so that none acts after the agent left. */
  end(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end(): Promise<void> {
    const { client, onEnd } = this.parts;
    onEnd(this);
    await client.server.close();
    await client.end();
  }

  /** Of a call that is answered. The transport would hold the stream open for more, and there is none. */
  #sendRest(lastEvent: string, response: ServerResponse): void {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-cache, no-transform',
      'Mcp-Session-Id': this.id,
    });
    for (const { id, message } of this.#events.after(lastEvent)) {
      response.write(`event: message\nid: ${id}\ndata: ${JSON.stringify(message)}\n\n`);
    }
    response.end();
  }
}

/**
 * A client whose connection broke before the first event knows none to go on from; the transport would begin with what
 * comes next. It reads the header in both places.
 */
function goOnAfter(event: string, request: IncomingMessage): void {
  request.headers['last-event-id'] = event;
  request.rawHeaders.push('Last-Event-ID', event);
}
