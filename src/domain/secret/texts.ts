/** Which parts of what somebody asks for are texts that will be recorded, and which of them are worth a look for secrets. */
import { recordBytesMax } from '../limits.ts';
import { partedText, plainText } from '../text.ts';

/** Parts that name something: ids, agents, places, or one of a few words. Whatever else is a text. */
const naming: ReadonlySet<string> = new Set([
  ...['id', 'ids', 'thread', 'supersedes', 'replyTo', 'cancel', 'key', 'about', 'reference', 'references'],
  ...['to', 'from', 'agent', 'agents', 'room', 'name', 'paths', 'path', 'commit', 'content', 'language'],
  // The policy refuses a password in them, in words of its own.
  ...['remote', 'hub'],
  ...['action', 'mode', 'state', 'visibility', 'importance', 'purpose', 'kind', 'role'],
]);

export interface PlacedText {
  /** `text`, `attachments.0.text`. */
  readonly field: string;
  readonly text: string;
}

export function* textsIn(input: unknown, field = ''): Iterable<PlacedText> {
  if (typeof input === 'string') {
    // What is longer is refused for its length.
    if (input.length <= recordBytesMax) yield { field, text: input };
  } else if (typeof input === 'object' && input !== null) {
    for (const [key, value] of Object.entries(input)) {
      if (!naming.has(key)) yield* textsIn(value, field === '' ? key : `${field}.${key}`);
    }
  }
}

/**
 * Each way in which its reader may take it, and first as it will be recorded. What is not seen may stand in the middle of a
 * key, or glue a word to it; joiners are recorded, for scripts and emoji need them. A colour may have lost its first character.
 */
export function readingsOf(text: string): ReadonlySet<string> {
  const recorded = plainText(text);
  return new Set([recorded, recorded.replace(/\p{DI}+/gu, ''), partedText(text).replace(/\[[\d;]{0,20}m/g, ' ')]);
}

/**
 * Whether a look is worth its time: keys are long, mostly have a digit among their letters, or stand in an address. Of
 * plain words none is; `test/secrets` holds it against the rules.
 */
export function mayHoldSecret(text: string): boolean {
  return /\S{20}|(?=\S{0,20}\d)\S{12}|:\/\/|_authToken|PRIVATE KEY/.test(text);
}
