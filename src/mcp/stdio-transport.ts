/**
 * Lines of JSON over stdin and stdout (2025-11-25, "Transports", stdio). The SDK's own ends the server at a line of more
 * than 10 MB, and says nothing to what is no message; here each such line is told what is wrong, and the session goes on.
 */
import { serializeMessage } from '@modelcontextprotocol/sdk/shared/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  ErrorCode,
  type JSONRPCMessage,
  JSONRPCMessageSchema,
  type RequestId,
} from '@modelcontextprotocol/sdk/types.js';

const lineBytesMax = 10_000_000;
/** Of a line that is passed over its two ends are kept: clients put the id into one of them. */
const endBytes = 256;
const newline = 10;

/** Reads until `close`; the ends of the pipes are the caller's to see. */
export class StdioTransport implements Transport {
  onmessage?: NonNullable<Transport['onmessage']>;
  onclose?: () => void;
  onerror?: (error: Error) => void;
  #parts: Buffer[] = [];
  #bytes = 0;

  constructor(
    private readonly input: NodeJS.ReadableStream,
    private readonly output: NodeJS.WritableStream,
  ) {}

  async start(): Promise<void> {
    this.input.on('data', this.#read);
  }

  /** Resolves when there is room for more. */
  send(message: JSONRPCMessage): Promise<void> {
    return new Promise((resolve) => {
      if (this.output.write(serializeMessage(message))) resolve();
      else this.output.once('drain', resolve);
    });
  }

  async close(): Promise<void> {
    this.input.off('data', this.#read);
    this.input.pause();
    this.onclose?.();
  }

  readonly #read = (chunk: Buffer): void => {
    let from = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      this.#take(chunk.subarray(from, end));
      this.#endLine();
      from = end + 1;
    }
    this.#take(chunk.subarray(from));
  };

  #take(part: Buffer): void {
    this.#parts.push(part);
    this.#bytes += part.length;
    if (this.#bytes <= lineBytesMax) return;
    const line = Buffer.concat(this.#parts);
    this.#parts = [Buffer.from(line.subarray(0, endBytes)), Buffer.from(line.subarray(-endBytes))];
  }

  #endLine(): void {
    const line = Buffer.concat(this.#parts).toString();
    const isTooLong = this.#bytes > lineBytesMax;
    this.#parts = [];
    this.#bytes = 0;
    if (isTooLong) this.#refuse(idIn(line), { code: ErrorCode.InvalidRequest, message: tooLong });
    else this.#understand(line);
  }

  /** An array is what the protocol called a batch in 2025-03-26. */
  #understand(line: string): void {
    if (line.trim() === '') return;
    const parsed = parsedJson(line);
    if (parsed === undefined) {
      const message = 'The line is not JSON: each message is a line of its own.';
      this.#refuse(undefined, { code: ErrorCode.ParseError, message });
      return;
    }
    for (const each of Array.isArray(parsed) && parsed.length > 0 ? parsed : [parsed]) {
      const { data, success } = JSONRPCMessageSchema.safeParse(each);
      if (success) this.onmessage?.(data);
      // An answer to an answer would be answered again.
      else if (!isAnswer(each)) this.#refuse(idOf(each), { code: ErrorCode.InvalidRequest, message: notMessage });
    }
  }

  /** JSON-RPC 2.0, 5.1: where the id cannot be told, it is null. The SDK's types leave that out. */
  #refuse(id: RequestId | undefined, error: { readonly code: ErrorCode; readonly message: string }): void {
    void this.send({ jsonrpc: '2.0', id: id ?? null, error } as JSONRPCMessage);
  }
}

const notMessage =
  'That is no message of JSON-RPC 2.0: an object with jsonrpc, method, and an id where an answer is wanted.';
const tooLong = 'A line may have 10 MB, and this one has more: it was passed over. Send less.';

/** Undefined is no JSON. */
function parsedJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isAnswer(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('result' in value || 'error' in value);
}

function idOf(value: unknown): RequestId | undefined {
  const { id } = (value ?? {}) as { readonly id?: unknown };
  return typeof id === 'string' || typeof id === 'number' ? id : undefined;
}

/** The outermost object's own: nothing else can stand right behind its beginning, or right before its end. */
function idIn(ends: string): RequestId | undefined {
  const id = `"id"\\s*:\\s*(\\d+|"[^"\\\\]*")\\s*`;
  const found =
    new RegExp(`^\\s*\\{\\s*(?:"jsonrpc"\\s*:\\s*"2\\.0"\\s*,\\s*)?${id},`).exec(ends) ??
    new RegExp(`[{,]\\s*${id}\\}\\s*$`).exec(ends);
  return found?.[1] === undefined ? undefined : JSON.parse(found[1]);
}
