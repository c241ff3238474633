/** Short texts for subjects and notices: one line, bounded, without control characters. */

// Control characters, and the bidirectional overrides that make a line read as what it is not (Trojan Source, CVE-2021-42574).
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/gu;

// What a reader does not see and a model reads: soft hyphens, joints without width, tags that spell ASCII, and runs of
// variation selectors, in which whole texts were hidden. Joiners of emoji and of scripts stay.
const invisible =
  /(?:\u034f|[\ufe00-\ufe0e]|[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\uffa0\ufff9-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}])+/gu;

// What moves a terminal, to its end (ECMA-48): colours, titles, links. Of 8-bit characters only what has a number, for
// without one they mostly are an encoding that went wrong. A string that does not end in its line takes no text with it, nor
// does an escape before a mere letter, which may be a name's.
const sequences =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  /(?:\u001b\[[0-?]*|\u009b[0-?]+)[ -/]*[@-~]|\u001b[P\]X^_][^\n\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[ -/]+[0-~]/g;

function visible(text: string): string {
  return text.replace(invisible, '').replace(/\ufe0f{2,}/g, '\ufe0f');
}

/** Cut at `charsMax` UTF-16 units, as records count them, with an ellipsis that tells. */
export function oneLine(text: string, charsMax = Number.POSITIVE_INFINITY): string {
  const shown = isPlain(text) ? text : visible(text.replace(sequences, ' ').replace(unprintable, ' '));
  return cut(shown.replace(/ {2,}/g, ' ').trim(), charsMax);
}

/** Most texts are, and to compile what looks for all the rest takes a good part of a quick answer. */
function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

/** Text of several lines as data: line feeds and tabs stay, sequences of a terminal, other control characters and overrides go. */
export function plainText(text: string, charsMax = Number.POSITIVE_INFINITY): string {
  return cut(visible(inLines(text.replace(/\r\n?/g, '\n').replace(sequences, ''), '')), charsMax);
}

/** As plain text, and a space wherever something was that nobody sees: what stood on both sides of it is not one word. */
export function partedText(text: string): string {
  return inLines(text.replace(/\r\n?/g, '\n').replace(sequences, ' '), ' ').replace(/\p{DI}+/gu, ' ');
}

function inLines(text: string, instead: '' | ' '): string {
  return text.replace(/[^\n\t]+/g, (part) => part.replace(unprintable, instead));
}

/** The text of others among lines of ours: none of its own begins where ours do, so that none passes for one. */
export function indentedBelow(text: string): string {
  return text.trimEnd().replace(/\n(?=[^\n])/g, '\n  ');
}

/**
 * As JSON that is printed anywhere: what neither a terminal nor a reader should meet as it is stands as an escape, so that
 * whoever parses it gets every character.
 */
export function safeJson(value: unknown): string {
  const escaped = (part: string) =>
    [...Array(part.length).keys()].map((n) => `\\u${part.charCodeAt(n).toString(16).padStart(4, '0')}`).join('');
  return JSON.stringify(value).replace(unprintable, escaped).replace(invisible, escaped);
}

/** A character of two units stays whole. */
function cut(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  const kept = text.slice(0, charsMax - 1).replace(/\p{Cs}$/u, '');
  return `${kept.trimEnd()}…`;
}

/** With a full stop, unless what somebody wrote brought one along. */
export function ended(sentence: string): string {
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** `1 record`, `2 records`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function listed(items: readonly string[], shown = 2): string {
  if (items.length <= 1) return items[0] ?? '';
  if (items.length <= shown) return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
  return `${items.slice(0, shown).join(', ')} and ${items.length - shown} more`;
}
