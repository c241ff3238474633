/**
 * Plain data as it is put before people and models: whoever wrote it, nothing in it moves a terminal or hides, and what is
 * one line by its kind has no second one, which would read as a line of ours.
 */
import { plainText } from './text.ts';

/** Of every answer. What else has several lines is set apart where it is shown. */
const oneLineKeys: ReadonlySet<string> = new Set([
  ...['activity', 'branch', 'cwd', 'description', 'excerpt', 'harness', 'host', 'model', 'overlap', 'path', 'paths'],
  ...['reason', 'signer', 'subject', 'summary', 'tags', 'topic', 'why', 'worktree'],
]);

export function plainly<T>(value: T): T {
  return plain(value, '') as T;
}

function plain(value: unknown, key: string): unknown {
  if (typeof value === 'string') {
    const text = plainText(value);
    return oneLineKeys.has(key) ? text.replace(/\s*\n\s*/g, ' ') : text;
  }
  if (Array.isArray(value)) return value.map((each) => plain(each, key));
  if (value === null || typeof value !== 'object') return value;
  // Answers to an interview are named by whoever asked.
  const named = (own: string) => (key === 'answers' ? '' : own);
  return Object.fromEntries(Object.entries(value).map(([own, each]) => [own, plain(each, named(own))]));
}
