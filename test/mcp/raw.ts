/** One request over HTTP with exactly these headers: fetch does not let a Host be false. */
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { token } from './http-server.ts';

export interface Raw {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

export const initialize = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
});

export const accepting = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  authorization: `Bearer ${token}`,
} as const;

export function ask(address: string, { method = 'POST', path, headers = accepting, body }: Asked = {}): Promise<Raw> {
  const { port, pathname } = new URL(address);
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: path ?? pathname, method, headers, agent: false };
    const asking = request(options, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      answer.on('error', reject);
    });
    asking.on('error', reject);
    asking.end(body ?? (method === 'POST' ? initialize : undefined));
  });
}
