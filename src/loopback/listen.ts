/** A server begins to listen on 127.0.0.1, and on nothing else. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { IntercomError } from '../domain/failure.ts';

/** Answers the port; 0 asks for one that is free. */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(whyNotListening(cause, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

function whyNotListening(cause: NodeJS.ErrnoException, port: number): Error {
  const reason = { EADDRINUSE: 'is in use', EACCES: 'needs rights that this process has not' }[cause.code ?? ''];
  if (reason === undefined) return cause;
  return new IntercomError({
    code: 'io-failed',
    message: `Port ${port} ${reason}.`,
    next: 'Choose another with --port, or leave it out: then one that is free is found.',
    cause,
  });
}
