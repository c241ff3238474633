/**
 * Words as search knows them: runs of letters, digits and their marks, whatever their case (NFKC, then the full case
 * folding of ß and of the Greek final sigma, too). Everything else parts them, so `src/auth_token.ts` is four words.
 * Where a script has no blanks between words, each character is one.
 */

/** Longer runs are nobody's word, but keys and digests: their beginning finds them. */
const wordCharsMax = 64;

const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{N}\p{M}])+/gu;

/** In the order of the text, folded. */
export function wordsIn(text: string): string[] {
  // Most text is plain, and an index is made of a lot of it.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  const isPlain = /^[\u0000-\u007f]*$/.test(text);
  const found = isPlain ? text.toLowerCase().match(/[a-z0-9]+/g) : fold(text).match(word);
  return (found ?? []).map((each) => each.slice(0, wordCharsMax));
}

function fold(text: string): string {
  return text.normalize('NFKC').toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');
}
