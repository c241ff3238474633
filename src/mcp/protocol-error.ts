/** What a request other than a call of a tool fails with: the sentence, and the way on as one who has tools goes it. */
import { ErrorCode } from '@modelcontextprotocol/sdk/types.js';
import { IntercomError } from '../domain/failure.ts';
import { plainText } from '../domain/text.ts';
import { nextCall } from './next-call.ts';

/** The SDK's McpError writes its code into the message, and its client does so once more. */
export function protocolError(code: number, message: string, data?: object): Error {
  return Object.assign(new Error(plainText(message)), { code, ...(data && { data }) });
}

/** `has` says which tools the client was shown. */
export function toldWithNext(told: { message: string; next: string }, has: (tool: string) => boolean): string {
  return `${told.message} ${nextCall(told.next, has)}`;
}

/** A failure of the world in the protocol's form; anything else as it is. */
export function inProtocol(thrown: unknown, has: (tool: string) => boolean): unknown {
  if (!(thrown instanceof IntercomError)) return thrown;
  const { code, message, next, data } = thrown;
  return protocolError(ErrorCode.InternalError, toldWithNext(thrown, has), { code, message, next, ...data });
}
