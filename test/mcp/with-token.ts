/** A way into a server that wants a token, for programs that know none: it adds the header, and passes the rest on. */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Way {
  readonly address: string;
  /** Breaks all connections, and lets none through for a while. */
  readonly shut: () => void;
  /** Breaks all connections; new ones are let through. */
  readonly cut: () => void;
  readonly close: () => void;
}

/** With `hidesHost` a false Host and Origin do not arrive, as if nobody looked at them. */
export async function withToken(address: string, token: string, { hidesHost = false } = {}): Promise<Way> {
  const { port: behind, pathname } = new URL(address);
  let isShut = false;
  const server = createServer((incoming, outgoing) => {
    if (isShut) return void incoming.destroy();
    const { headers, method, url: path } = incoming;
    // Its own address becomes that of the server; a false one must arrive as it is.
    const own = `127.0.0.1:${behind}`;
    const host = hidesHost ? own : headers.host?.replace(`:${portOf()}`, `:${behind}`);
    const origin = hidesHost ? `http://${own}` : headers.origin;
    const options = { host: '127.0.0.1', port: behind, method, path, agent: false };
    const onward = request(
      { ...options, headers: { ...headers, host, ...(origin && { origin }), authorization: `Bearer ${token}` } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers).flushHeaders();
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  const portOf = () => (server.address() as AddressInfo).port;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  const cut = () => {
    isShut = false;
    server.closeAllConnections();
  };
  const shut = () => {
    cut();
    isShut = true;
  };
  return { shut, cut, address: `http://127.0.0.1:${portOf()}${pathname}`, close };
}
