/** Answers that fit into a model's context: lists in pages, and a bound for everything else. */

/**
 * Bytes of JSON. A page with the short text beside it is within 8,000; an answer with all that was asked for, its short
 * text and the mail that rides along is within 32,000; so is a resource or a prompt, as it is sent.
 */
export const pageBytes = 6_000;
export const shortTextBytes = 1_900;
export const structureBytesMax = 24_000;
export const sentBytesMax = 32_000;

export interface Page<T> {
  readonly items: readonly T[];
  /** Counted from one; the last page when `of` is equal. */
  readonly page: number;
  readonly of: number;
}

/** Items are kept whole and in order; one that is larger than a page has a page of its own. */
export function pageOf<T>(
  items: readonly T[],
  page: number,
  bytesMax = pageBytes,
  sizeOf: (item: T) => number = jsonBytes,
): Page<T> {
  const pages: T[][] = [[]];
  let bytes = 0;
  for (const item of items) {
    const size = sizeOf(item);
    if (bytes > 0 && bytes + size > bytesMax) {
      pages.push([]);
      bytes = 0;
    }
    pages[pages.length - 1]?.push(item);
    bytes += size;
  }
  // A model may ask for any number.
  const chosen = Math.min(Math.max(1, Math.trunc(page) || 1), pages.length);
  return { items: pages[chosen - 1] ?? [], page: chosen, of: pages.length };
}

/**
 * The same value with its longest texts and lists cut until it fits. Says what it left out: `omitted` maps the place
 * (`claim.paths`) to how many items or characters.
 */
export function bounded<T extends object>(
  value: T,
  bytesMax: number,
  sizeOf = jsonBytes,
): T & { omitted?: Record<string, number> } {
  if (sizeOf(value) <= bytesMax) return value;
  const copy = structuredClone(value) as T & { omitted?: Record<string, number> };
  const omitted: Record<string, number> = {};
  const wholes = new Map<string, string | unknown[]>();
  while (sizeOf(copy) > bytesMax) {
    const longest = longestIn(copy);
    if (longest === undefined) break;
    const { holder, key, path } = longest;
    const last = holder[key] as string | unknown[];
    const whole = wholes.get(path) ?? last;
    wholes.set(path, whole);
    const kept = Math.floor(last.length / 2);
    const shown = typeof whole === 'string' ? cutText(whole, kept) : whole.slice(0, kept);
    holder[key] = typeof shown === 'string' ? `${shown}…` : shown;
    omitted[path] = whole.length - shown.length;
    copy.omitted = omitted;
  }
  return copy;
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
  readonly path: string;
  readonly bytes: number;
}

/** The text or list with the most bytes; of a list whose bytes are one item's, that item's part. */
function longestIn(value: object, path = ''): Place | undefined {
  let longest: Place | undefined;
  for (const [key, part] of Object.entries(value)) {
    if (path === '' && key === 'omitted') continue;
    const place = { holder: value as Record<string, unknown>, key, path: path === '' ? key : `${path}.${key}` };
    const isCuttable = (typeof part === 'string' && part.length > 80) || (Array.isArray(part) && part.length > 1);
    const own = isCuttable ? { ...place, bytes: jsonBytes(part) } : undefined;
    const below = typeof part === 'object' && part !== null ? longestIn(part, place.path) : undefined;
    for (const found of [below, own]) {
      if (found !== undefined && (longest === undefined || found.bytes >= longest.bytes)) longest = found;
    }
  }
  return longest;
}

/** A character of two units stays whole. */
function cutText(text: string, kept: number): string {
  return text
    .slice(0, kept)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
}

/** A text that is sent as a text: its quotes and line ends are escaped once more. */
export function shortText(text: string, bytesMax = shortTextBytes): string {
  let short = text;
  while (jsonBytes(short) > bytesMax) {
    short = `${cutText(short, Math.floor((short.length * bytesMax) / jsonBytes(short)) - 2)}…`;
  }
  return short;
}

export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
