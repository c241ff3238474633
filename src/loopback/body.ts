/** The body of a request, bounded. */
import type { IncomingMessage } from 'node:http';

/** Undefined where it is longer; what is left of it is not read. The request can be answered in any case. */
export async function bodyOf(request: IncomingMessage, bytesMax: number): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > bytesMax) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
