/**
 * The way on of a refusal, for one who has tools: where a tool does what the command would, its call is named. Rules know
 * commands alone, for they answer people as well. So do the notices that they send.
 */

import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { ShownMessage } from '../domain/message/present.ts';
import { toolCalls } from './tool-calls.ts';

/** Of every tool and of none: no call has these, for they are the server's. */
const serverOptions: readonly (readonly [form: RegExp, told: string])[] = [
  [/\bPass the folder of a repository with -C\b/g, 'Have the server started in the folder of a repository'],
  [/\bpass the folder of a repository with -C\b/g, 'have the server started in the folder of a repository'],
  [/, or use -C\b/g, ', or have the server started in the other repository'],
  [/\bwith --agent, or INTERCOM_AGENT in the environment\b/g, 'with INTERCOM_AGENT in the environment of the server'],
  [/\buse another name with --agent\b/g, 'have the server started with another name in INTERCOM_AGENT'],
  [/, who acts without --agent and INTERCOM_AGENT\b/g, ''],
  [/\buse --agent (\w[\w-]*)/g, 'have the server started with $1 in INTERCOM_AGENT'],
];

/** `has` says which tools the client was shown; what they do not do stays a command. */
export function nextCall(next: string, has: (tool: string) => boolean): string {
  let told = next;
  for (const [form, call] of serverOptions) told = told.replace(form, call);
  for (const [tool, form, call] of toolCalls) if (has(tool)) told = told.replace(form, call);
  return told.replace(/\b(Run|run|Use|use) (?=the tool )/g, (_whole, verb: string) =>
    verb.startsWith('R') || verb.startsWith('U') ? 'Call ' : 'call ',
  );
}

/** Mail as a tool shows it: what the system itself sent names calls, and what others wrote stays as it is. */
export function withCallsNamed<M extends { readonly kind: string; readonly text: string }>(
  messages: readonly M[],
  has: (tool: string) => boolean,
): M[] {
  return messages.map((message) =>
    message.kind === 'notice' ? { ...message, text: nextCall(message.text, has) } : message,
  );
}

/** Of an answer with mail; any other as it is. */
export function inToolWords(value: object, has: (tool: string) => boolean): object {
  const { messages } = value as { readonly messages?: readonly ShownMessage[] };
  return messages === undefined ? value : { ...value, messages: withCallsNamed(messages, has) };
}

/** The same failure, its way on as `call` too, for `next` is the command's own; anything else as it is. */
export function withNextCall(result: CallToolResult, has: (tool: string) => boolean): CallToolResult {
  const error = result.structuredContent?.error as { readonly next?: unknown } | undefined;
  if (result.isError !== true || typeof error?.next !== 'string') return result;
  const { next } = error;
  const told = nextCall(next, has);
  if (told === next) return result;
  const content = result.content.map((part) =>
    part.type === 'text' ? { ...part, text: part.text.replace(next, () => told) } : part,
  );
  return { ...result, content, structuredContent: { ...result.structuredContent, error: { ...error, call: told } } };
}
