/** How one text or number is written, so that readers of YAML 1.1 and 1.2 alike read just that. */
import { keyCharsMax } from './bounds.ts';

// The first character keeps off numbers, dates, `=`, `<<`, `~` and the indicators; the set leaves out `: `, ` #`,
// double quotes and brackets (YAML 1.2.2 §7.3.3). Single blanks only, so nothing is folded or trimmed.
const plain = /^(?:_|\.{0,2}[A-Za-z/])[A-Za-z0-9_./@+*,;()!?='&%$~-]*(?: [A-Za-z0-9_./@+*,;()!?='&%$~-]+)*$/;
// Booleans and null of YAML 1.1 (https://yaml.org/type/bool.html) and 1.2 (§10.3.2), and what parsers take for a float:
// `e4` is one to the letter of YAML 1.1, whose digits may be missing.
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|\.?(?:nan|inf|infinity|e[-+]?\d+))$/i;
const plainKey = /^[A-Za-z][A-Za-z0-9_-]*$/;

// Beyond JSON's own escapes: not printable (YAML 1.2.2 §5.1), a line break to YAML 1.1 (NEL, LS, PS), a byte order
// mark, or an override that makes a line read as what it is not (CVE-2021-42574).
const escaped = /[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu;
const outsideLiteral = /[^\P{Cc}\t\n]|[\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\p{Cs}]/u;

/** `indent` is where the lines of a literal begin. Without a line feed at the end. */
export function textOf(text: string, indent: string): string {
  if (plain.test(text) && !reserved.test(text)) return text;
  return isLiteral(text) ? literal(text, indent) : quoted(text);
}

export function keyOf(key: string): string {
  return plainKey.test(key) && !reserved.test(key) ? key : quoted(key);
}

/** `__proto__` is refused because some reader down the line will assign it. */
export function isKey(key: string): boolean {
  return key !== '__proto__' && key.length <= keyCharsMax && keyOf(key).length <= keyCharsMax;
}

/**
 * Throws TypeError for what is not finite. A whole number beyond 2^53 is written as a float, which is what it is; a
 * float always has its dot, or a reader of YAML 1.1 takes it for text (https://yaml.org/type/float.html).
 * -0 is written 0.
 */
export function numberOf(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`${value} cannot be written to a record`);
  const digits = Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value);
  return digits.replace(/^(-?\d+)e/, '$1.0e');
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(escaped, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Several lines, all printable, the last not blank: readers differ on blanks at the end of a literal. */
function isLiteral(text: string): boolean {
  if (!text.includes('\n') || outsideLiteral.test(text)) return false;
  let end = text.length;
  while (text[end - 1] === '\n') end--;
  return text.slice(text.lastIndexOf('\n', end - 1) + 1, end).trim() !== '';
}

/** YAML 1.2.2 §8.1: `2` is the indentation where the first line cannot tell, `-` and `+` say what line feeds end it. */
function literal(text: string, indent: string): string {
  const indentation = /^[ \t\n]/.test(text) ? '2' : '';
  const chomping = text.endsWith('\n\n') ? '+' : text.endsWith('\n') ? '' : '-';
  const body = chomping === '-' ? text : text.slice(0, -1);
  return `|${indentation}${chomping}\n${body.replace(/^(?=[^\n])/gm, indent)}`;
}
