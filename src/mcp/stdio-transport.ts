/**
 * Lines of JSON over stdin and stdout (2025-11-25, "Transports", stdio). The SDK's own ends the server at a line of more
 * than 10 MB; here the line is passed over, its call is told so, and the session goes on.
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
    if (isTooLong) this.#refuse(idIn(line));
    else this.#understand(line);
  }

  /** What is no message is passed over, as the SDK does. An array is what the protocol called a batch in 2025-03-26. */
  #understand(line: string): void {
    try {
      const parsed: unknown = JSON.parse(line);
      for (const each of Array.isArray(parsed) ? parsed : [parsed]) this.onmessage?.(JSONRPCMessageSchema.parse(each));
    } catch (thrown) {
      this.onerror?.(thrown as Error);
    }
  }

  #refuse(id: RequestId | undefined): void {
    const message = 'A line may have 10 MB, and this one has more: it was passed over. Send less.';
    if (id !== undefined) void this.send({ jsonrpc: '2.0', id, error: { code: ErrorCode.InvalidRequest, message } });
    else this.onerror?.(new Error(message));
  }
}

/** The outermost object's own: nothing else can stand right behind its beginning, or right before its end. */
function idIn(ends: string): RequestId | undefined {
  const id = `"id"\\s*:\\s*(\\d+|"[^"\\\\]*")\\s*`;
  const found =
    new RegExp(`^\\s*\\{\\s*(?:"jsonrpc"\\s*:\\s*"2\\.0"\\s*,\\s*)?${id},`).exec(ends) ??
    new RegExp(`[{,]\\s*${id}\\}\\s*$`).exec(ends);
  return found?.[1] === undefined ? undefined : JSON.parse(found[1]);
}
