/** What is longer than a page, in parts that are not: a model can read all of it, page after page. */
import { bounded, jsonBytes, pageOf } from './bounds.ts';
import { textPieces } from './text-pages.ts';

/** What a part must have for its text; where the rest of the item leaves less, the item is cut instead. */
const textBytesMin = 500;

/** The first page is noted as delivered, and the parts must not be others after it. */
const comes = { part: '100 of 100', delivered: '2026-11-21T10:00:00.000Z' };

interface Attached {
  readonly text?: string;
}

interface Piece {
  readonly text: string;
  readonly attachments: Attached[];
}

/**
 * The item itself where it fits. Else each part is the item with a piece of its text or of what is attached, and `part` says
 * which of how many; an attachment in several parts has a `part` of its own. An item without a text comes with some of the
 * entries of its lists in each part.
 */
export function partsOf<T extends object>(item: T, bytesMax: number): readonly T[] {
  if (jsonBytes(item) <= bytesMax) return [item];
  const { text, attachments } = item as { readonly text?: unknown; readonly attachments?: readonly Attached[] };
  if (text === undefined) return partsOfLists(item, bytesMax);
  const without = { ...item, text: '', ...(attachments && { attachments: [] }), ...comes };
  const pieceBytes = bytesMax - jsonBytes(without);
  if (typeof text !== 'string' || pieceBytes < textBytesMin) return [bounded(item, bytesMax)];
  const pieces: Piece[] = textPieces(text, pieceBytes).map((piece) => ({ text: piece, attachments: [] }));
  for (const each of (attachments ?? []).flatMap((attached) => attachmentParts(attached, pieceBytes))) {
    const last = pieces.at(-1) as Piece;
    if (bytesOf(last) + bytesOf({ text: '', attachments: [each] }) <= pieceBytes) last.attachments.push(each);
    else pieces.push({ text: '', attachments: [each] });
  }
  return pieces.map(({ text, attachments: own }, n) => ({
    ...item,
    text,
    ...(attachments && { attachments: own }),
    part: `${n + 1} of ${pieces.length}`,
  }));
}

/** Beside the empty text and list that the rest of the item has. */
function bytesOf({ text, attachments }: Piece): number {
  return jsonBytes(text) + jsonBytes(attachments) - jsonBytes('') - jsonBytes([]) + 1;
}

function attachmentParts(attached: Attached, bytesMax: number): Attached[] {
  const fits = (each: Attached) => bytesOf({ text: '', attachments: [each] }) <= bytesMax;
  if (fits(attached)) return [attached];
  const { text = '' } = attached;
  const textBytes =
    bytesMax - bytesOf({ text: '', attachments: [{ ...attached, text: '', part: comes.part } as Attached] });
  if (textBytes < textBytesMin) return [bounded(attached, bytesMax - 2)];
  const pieces = textPieces(text, textBytes);
  return pieces.map((piece, n) => ({ ...attached, text: piece, part: `${n + 1} of ${pieces.length}` }));
}

/** An entry that is longer than a part is cut. */
function partsOfLists<T extends object>(item: T, bytesMax: number): readonly T[] {
  const lists = Object.entries(item).filter((pair): pair is [string, unknown[]] => Array.isArray(pair[1]));
  const shell = { ...item, ...Object.fromEntries(lists.map(([key]) => [key, []])) };
  const entryBytes = bytesMax - jsonBytes({ ...shell, part: comes.part });
  if (entryBytes < textBytesMin) return [bounded(item, bytesMax)];
  const entries = lists.flatMap(([key, list]) => list.map((entry) => ({ key, entry: cut(entry, entryBytes - 1) })));
  // A comma besides.
  const pageAt = (n: number) => pageOf(entries, n, entryBytes, ({ entry }) => jsonBytes(entry) + 1);
  const { of } = pageAt(1);
  return Array.from({ length: of }, (_, n) => {
    const { items } = pageAt(n + 1);
    const listed = lists.map(([key]) => [key, items.filter((each) => each.key === key).map(({ entry }) => entry)]);
    return bounded({ ...shell, ...Object.fromEntries(listed), part: `${n + 1} of ${of}` }, bytesMax);
  });
}

function cut(entry: unknown, bytesMax: number): unknown {
  return typeof entry === 'object' && entry !== null ? bounded(entry, bytesMax) : entry;
}
