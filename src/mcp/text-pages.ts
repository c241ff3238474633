/** A long text in pages that fit into a model's context, each of whole lines where lines are short enough. */
import { pageBytes } from './bounds.ts';

/** Beside the text a page has the rest of its answer. */
const textBytes = pageBytes - 1_000;

export interface TextPage {
  readonly text: string;
  /** Absent where the text has one page only. */
  readonly page?: number;
  readonly pages?: number;
}

/** Counted from one; a number beyond the last means the last. All pages one after the other are the text. */
export function pageOfText(text: string, page: number, bytesMax = textBytes): TextPage {
  const pages = textPieces(text, bytesMax);
  const chosen = Math.min(Math.max(1, Math.trunc(page) || 1), pages.length);
  const shown = { text: pages[chosen - 1] ?? '' };
  return pages.length === 1 ? shown : { ...shown, page: chosen, pages: pages.length };
}

/** At least one; none is longer than the bound, as it stands in JSON. */
export function textPieces(text: string, bytesMax: number): string[] {
  const pages: string[] = [''];
  let bytes = 0;
  for (const part of text.split(/(?<=\n)/).flatMap((line) => pieces(line, bytesMax))) {
    const size = sizeOf(part);
    if (bytes > 0 && bytes + size > bytesMax) {
      pages.push('');
      bytes = 0;
    }
    pages[pages.length - 1] += part;
    bytes += size;
  }
  return pages;
}

function pieces(line: string, bytesMax: number): string[] {
  if (sizeOf(line) <= bytesMax) return [line];
  const half = Math.ceil(line.length / 2);
  // A character of two units stays whole.
  const end = /^[\uDC00-\uDFFF]/.test(line.slice(half)) ? half + 1 : half;
  return [...pieces(line.slice(0, end), bytesMax), ...pieces(line.slice(end), bytesMax)];
}

/** As it stands in JSON. */
function sizeOf(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}
