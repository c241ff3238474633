/** Short texts for subjects and notices: one line, bounded, without control characters. */

// Control characters, and the bidirectional overrides that make a line read as what it is not (Trojan Source, CVE-2021-42574).
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/gu;

/** Cut at `charsMax` UTF-16 units, as records count them, with an ellipsis that tells. */
export function oneLine(text: string, charsMax: number): string {
  return cut(text.replace(unprintable, ' ').replace(/ {2,}/g, ' ').trim(), charsMax);
}

/** Text of several lines as data: line feeds and tabs stay, other control characters and overrides go. */
export function plainText(text: string, charsMax = Number.POSITIVE_INFINITY): string {
  return cut(
    text.replace(/\r\n?/g, '\n').replace(/[^\n\t]+/g, (part) => part.replace(unprintable, '')),
    charsMax,
  );
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
