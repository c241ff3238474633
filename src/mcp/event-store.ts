/**
 * What was sent on the streams of one session, for a client that lost its connection: it names the last event that it
 * saw, and gets those that followed. Kept in memory, and bounded: what a client missed for long, it asks for anew.
 */
import type { EventStore } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';

interface Bounds {
  /** Longer than any wait of a tool, so that an answer is found after it. */
  readonly ageMsMax: number;
  readonly eventsMax: number;
  /** Of JSON. */
  readonly bytesMax: number;
}

const bounds: Bounds = { ageMsMax: 15 * 60_000, eventsMax: 1_000, bytesMax: 4_000_000 };

/** The SDK's name for the stream that is of no call. It never ends, so that a client may always go on with it. */
const standalone = '_GET_stream';

interface Event {
  readonly id: string;
  readonly stream: string;
  readonly number: number;
  readonly atMs: number;
  readonly bytes: number;
  readonly message: JSONRPCMessage;
}

export class RecentEvents implements EventStore {
  /** The oldest first. */
  readonly #events: Event[] = [];
  #bytes = 0;
  #count = 0;

  constructor(
    private readonly clock: () => number,
    private readonly within: Bounds = bounds,
  ) {}

  async storeEvent(stream: string, message: JSONRPCMessage): Promise<string> {
    const number = ++this.#count;
    const id = `${stream}.${number}`;
    const bytes = Buffer.byteLength(JSON.stringify(message));
    this.#events.push({ id, stream, number, atMs: this.clock(), bytes, message });
    this.#bytes += bytes;
    this.#forget();
    return id;
  }

  async replayEventsAfter(
    lastId: string,
    { send }: { send: (id: string, message: JSONRPCMessage) => Promise<void> },
  ): Promise<string> {
    for (const { id, message } of this.after(lastId)) await send(id, message);
    return placeOf(lastId).stream;
  }

  /** The place on the stream that is of no call, as if an event had just been sent there. */
  here(): string {
    return `${standalone}.${this.#count}`;
  }

  /** False for an event of a stream that is forgotten, or never was. */
  knows(lastId: string): boolean {
    const { stream, number } = placeOf(lastId);
    if (!Number.isInteger(number)) return false;
    return stream === standalone || this.#events.some((event) => event.stream === stream);
  }

  /** On the same stream; without those that only told the client where the stream begins. */
  after(lastId: string): readonly Pick<Event, 'id' | 'message'>[] {
    const last = placeOf(lastId);
    return this.#events.filter(
      ({ stream, number, message }) => stream === last.stream && number > last.number && 'jsonrpc' in message,
    );
  }

  /** The answer to the call is among the events of its stream: nothing will follow. */
  isAnswered(lastId: string): boolean {
    const { stream } = placeOf(lastId);
    return this.#events.some((event) => event.stream === stream && isAnswer(event.message));
  }

  #forget(): void {
    const { ageMsMax, eventsMax, bytesMax } = this.within;
    const bornMs = this.clock() - ageMsMax;
    for (let oldest = this.#events[0]; oldest !== undefined; oldest = this.#events[0]) {
      if (oldest.atMs >= bornMs && this.#events.length <= eventsMax && this.#bytes <= bytesMax) return;
      this.#events.shift();
      this.#bytes -= oldest.bytes;
    }
  }
}

function placeOf(id: string): { stream: string; number: number } {
  const dot = id.lastIndexOf('.');
  return { stream: id.slice(0, dot), number: Number.parseInt(id.slice(dot + 1), 10) };
}

function isAnswer(message: JSONRPCMessage): boolean {
  return 'result' in message || 'error' in message;
}
