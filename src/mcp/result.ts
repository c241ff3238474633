/** Answers and failures as results of a tool call. An expected "no" is a result with `isError`, never a protocol error. */
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod';
import { IntercomError } from '../domain/failure.ts';
import { plainly } from '../domain/plainly.ts';
import type { Refusal } from '../domain/refusal.ts';
import { listed, plainText } from '../domain/text.ts';
import type { Answer } from '../operations/answer.ts';
import { bounded, jsonBytes, pageBytes, pageOf, shortText, shortTextBytes, structureBytesMax } from './bounds.ts';
import { partsOf } from './item-parts.ts';
import type { Telling, Tool } from './tool.ts';

/** What stands beside the items of a page. */
const besideBytes = 500;

export function resultOf(
  tool: Tool,
  answer: Answer<object>,
  { page, ...telling }: Telling & { readonly page: number },
): CallToolResult {
  if (answer.status === 'refused') return refusalResult(answer.refusal);
  if (answer.status === 'pending') {
    const { id } = Object.values(answer.value)[0] as { id: string };
    return textAndStructure(`Not yet. Call ${tool.name} again with id ${id} to go on waiting.`, answer.value);
  }
  const value = plainly(answer.value);
  const lists = ((tool.list ?? []) as readonly (keyof typeof value)[]).filter((key) => key in value);
  if (lists.length === 0)
    return textAndStructure(tool.tell(value, telling), bounded(value, pageBytes), moreOf(value, tool, telling));
  const itemBytes = pageBytes - besideBytes;
  const parts = lists.flatMap((list) =>
    (value[list] as readonly object[]).flatMap((item) => partsOf(item, itemBytes)).map((item) => ({ list, item })),
  );
  const shown = pageOf(parts, page, itemBytes, ({ item }) => jsonBytes(item));
  const onPage = (list: string) => shown.items.filter((each) => each.list === list).map(({ item }) => item);
  const paged = { ...value, ...Object.fromEntries(lists.map((list) => [list, onPage(list)])) };
  const place = shown.of > 1 ? { page: shown.page, pages: shown.of } : {};
  return textAndStructure(
    tool.tell(paged, telling),
    { ...bounded(paged, structureBytesMax), ...place },
    moreOf(place, tool, telling),
  );
}

/** The way to the next page; empty on the last one, and where there are no pages. */
function moreOf(
  { page = 1, pages = 1 }: { readonly page?: number; readonly pages?: number },
  { name, shortenedBy }: Tool,
  { has }: Telling,
): string {
  if (page >= pages) return '';
  const anew =
    shortenedBy === undefined || !has(shortenedBy)
      ? ''
      : ` After ${shortenedBy}, call ${name} without page: the pages move up.`;
  return `\nPage ${page} of ${pages}; page: ${page + 1} has more.${anew}`;
}

export function refusalResult({ code, message, next, data }: Refusal): CallToolResult {
  return errorResult({ code, message, next, data });
}

/** The world failing, wrong usage and defects alike: the model reads the sentence and the way on. */
export function failureResult(thrown: unknown, tool?: Pick<Tool, 'name' | 'input'>): CallToolResult {
  if (thrown instanceof IntercomError) {
    const { code, message, next, data } = thrown;
    return errorResult({ code, message, next, data });
  }
  if (thrown instanceof z.ZodError) {
    const message = `${thrown.issues.map(wrongArgument).join('; ')}.`;
    const next =
      tool === undefined
        ? 'Call the tool again with arguments of its schema.'
        : `Call it again: ${tool.name} takes ${listed(Object.keys(tool.input.shape), 20)}.`;
    return errorResult({ code: 'usage', message, next, data: {} });
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const next = 'This is a defect of git-intercom: please report it. Run git intercom doctor to see what is wrong.';
  return errorResult({ code: 'internal', message, next, data: {} });
}

function wrongArgument(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `Not an argument: ${listed(issue.keys, 5)}`;
  return `${issue.path.map(typedName).join('.') || 'arguments'}: ${issue.message}`;
}

/** Arguments that the operation calls otherwise than its tool does. */
const typedNames: Readonly<Record<string, string>> = { leaseSeconds: 'for_minutes', waitSeconds: 'wait_seconds' };

function typedName(part: PropertyKey): string {
  return typedNames[String(part)] ?? String(part);
}

interface ErrorParts {
  readonly code: string;
  readonly message: string;
  readonly next: string;
  readonly data: Readonly<Record<string, unknown>>;
}

function errorResult(error: ErrorParts): CallToolResult {
  const result = textAndStructure(`${error.code}: ${error.message}\n${error.next}`, bounded({ error }, pageBytes));
  return { ...result, isError: true };
}

/** A text that is cut still ends with the way on. */
function textAndStructure(text: string, structure: object, wayOn = ''): CallToolResult {
  const short = shortText(plainText(text), shortTextBytes - jsonBytes(wayOn));
  return {
    // Beside the structured answer; texts say less, not the same again.
    content: [{ type: 'text', text: short + wayOn }],
    structuredContent: bounded(plainly(structure), structureBytesMax) as Record<string, unknown>,
  };
}
