/** Answers of the page's server: what a browser may do with them stands in each. */
import type { ServerResponse } from 'node:http';
import type { Refused } from './guard.ts';

/** Nothing from elsewhere is loaded, nothing is sent elsewhere, and no text can become a script. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

export const guardingHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

export interface Content {
  readonly type: string;
  readonly bytes: string | Buffer;
}

export function answerWith(response: ServerResponse, { type, bytes }: Content, status = 200): void {
  response.writeHead(status, { ...guardingHeaders, 'Content-Type': type }).end(bytes);
}

export function answerJson(response: ServerResponse, status: number, value: unknown): void {
  answerWith(response, { type: 'application/json', bytes: JSON.stringify(value) }, status);
}

export function refuseWith(response: ServerResponse, { status, message }: Refused): void {
  // What is left of its body is not read.
  response.writeHead(status, { ...guardingHeaders, 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  response.end(`${message}\n`);
}
