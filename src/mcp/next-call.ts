/**
 * The way on of a refusal, for one who has tools: where a tool does what the command would, its call is named. Rules know
 * commands alone, for they answer people as well.
 */

import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';

const word = `(?:'(?:[^']|'\\\\'')*'|[^\\s'".,;]+(?:\\.[^\\s'".,;]+)*)`;

/** Longer forms first: what is left over begins with the plain word. */
const calls: readonly (readonly [tool: string, form: RegExp, call: string])[] = [
  [
    'claim',
    new RegExp(`git intercom claim (${word}(?: ${word})*?) --wait`, 'g'),
    'claim with paths $1 and wait_seconds',
  ],
  ['claim', /git intercom claim with --wait/g, 'claim with wait_seconds'],
  ['claim', /git intercom claim <path>/g, 'claim'],
  [
    'release',
    new RegExp(`git intercom release (${word}) --force --why "…"`, 'g'),
    'release with paths $1, force and why',
  ],
  ['send', new RegExp(`git intercom send (${word}) "([^"]*)"`, 'g'), 'send to $1'],
  ['ask', new RegExp(`git intercom ask --id (${word})`, 'g'), 'ask with id $1'],
  ['ask', new RegExp(`git intercom ask (${word}) "…"`, 'g'), 'ask with to $1'],
  ['reply', new RegExp(`git intercom reply (${word}) --done "…"`, 'g'), 'reply with id $1 and done'],
  ['reply', /git intercom reply <id> "…"/g, 'reply with its id'],
  ['reply', new RegExp(`git intercom reply (${word}) "…"`, 'g'), 'reply with id $1'],
  ['escalate', /git intercom escalate <id>/g, 'escalate with the id'],
  ['escalate', /git intercom escalate "…"/g, 'escalate with a text'],
  ['ack', /git intercom ack --all/g, 'ack with all'],
  ...(['who', 'peek', 'send', 'claim', 'status'] as const).map(
    (tool) => [tool, new RegExp(`git intercom ${tool}(?![-\\w ]*--|[ ]<)`, 'g'), tool] as const,
  ),
];

/** No call has it: the folder is the server's. */
const folderOption = /\b(p|P)ass the folder of a repository with -C\b/g;

/** `has` says which tools the client was shown; what they do not do stays a command. */
export function nextCall(next: string, has: (tool: string) => boolean): string {
  let told = next.replace(
    folderOption,
    (_whole, p: string) => `${p === 'P' ? 'H' : 'h'}ave the server started in the folder of a repository`,
  );
  for (const [tool, form, call] of calls) if (has(tool)) told = told.replace(form, `the tool ${call}`);
  return told.replace(/\b(Run|run|Use|use) (?=the tool )/g, (_whole, verb: string) =>
    verb.startsWith('R') || verb.startsWith('U') ? 'Call ' : 'call ',
  );
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
