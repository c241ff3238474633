/**
 * Letter case as file systems without it see it: one code point to one code point, up and down again, so that
 * `ς` and `σ`, or `K` (Kelvin) and `k`, are one. Folding more than a file system does costs a refused claim; folding
 * less costs a missed conflict.
 */

export function fold(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  return Array.from(text, foldChar).join('');
}

/** Every code point that folds to another one, with that one. The whole of Unicode takes some 20 ms, once. */
export function foldPairs(script: 'ascii' | 'unicode'): readonly (readonly [from: number, to: number])[] {
  if (script === 'ascii') {
    asciiPairs ??= pairsUpTo(0x7f);
    return asciiPairs;
  }
  unicodePairs ??= pairsUpTo(casedCodePointMax);
  return unicodePairs;
}

/** Above all cased scripts of Unicode 16 (Adlam ends at U+1E943). */
const casedCodePointMax = 0x1ffff;
let asciiPairs: ReturnType<typeof foldPairs> | undefined;
let unicodePairs: ReturnType<typeof foldPairs> | undefined;

function pairsUpTo(last: number): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  for (let from = 0; from <= last; from += 1) {
    const to = foldChar(String.fromCodePoint(from)).codePointAt(0);
    if (to !== undefined && to !== from) pairs.push([from, to]);
  }
  return pairs;
}

function foldChar(char: string): string {
  return sameLengthOr(char, sameLengthOr(char, char.toUpperCase()).toLowerCase());
}

/** `ß` has the upper case `SS`: two code points would change what `?` matches. */
function sameLengthOr(char: string, changed: string): string {
  return [...changed].length === 1 ? changed : char;
}
