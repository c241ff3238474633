/** A refusal of the HTTP layer, in the form in which clients show it: an error of JSON-RPC that is of no request. */
import type { ServerResponse } from 'node:http';
import type { HttpRefusal } from './http-guard.ts';

/** The protocol's codes for a server's own errors begin here (JSON-RPC 2.0, 5.1). */
const serverError = -32_000;

export function answerError(
  response: ServerResponse,
  { status, code = serverError, message, headers }: HttpRefusal,
): void {
  const body = JSON.stringify({ jsonrpc: '2.0', error: { code, message }, id: null });
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body);
}
