/** A message that is longer than a page, in parts that are not: a model can read all of it, page after page. */
import { bounded, jsonBytes } from './bounds.ts';
import { textPieces } from './text-pages.ts';

/** What a part must have for its text; where the rest of the item leaves less, the item is cut instead. */
const textBytesMin = 500;

/** The first page is noted as delivered, and the parts must not be others after it. */
const comes = { part: '100 of 100', delivered: '2026-11-21T10:00:00.000Z' };

/** The item itself where it fits. Else each part is the item with a piece of its text, and `part` says which of how many. */
export function partsOf<T extends object>(item: T, bytesMax: number): readonly T[] {
  if (jsonBytes(item) <= bytesMax) return [item];
  const { text } = item as { readonly text?: unknown };
  const textBytes = bytesMax - jsonBytes({ ...item, text: '', ...comes });
  if (typeof text !== 'string' || textBytes < textBytesMin) return [bounded(item, bytesMax)];
  const pieces = textPieces(text, textBytes);
  return pieces.map((piece, n) => ({ ...item, text: piece, part: `${n + 1} of ${pieces.length}` }));
}
