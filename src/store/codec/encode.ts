/** From plain data to the canonical text of a record file: equal data give equal bytes. */
import { levelsMax } from './bounds.ts';
import { isKey, keyOf, numberOf, textOf } from './scalar.ts';

/**
 * One YAML document in block style (YAML 1.2.2 §8), UTF-8, LF, keys in the order given; no anchors, tags or folding.
 * Undefined properties are left out. Throws TypeError for what no record may hold: functions, dates and other objects
 * that are not plain, undefined in a list, numbers that are not finite, a key `__proto__` or over 1,000 characters,
 * more than 64 levels. The size is not bounded here.
 */
export function encodeYaml(value: { readonly [key: string]: unknown }): Uint8Array {
  return Buffer.from(textOfRecord(value), 'utf8');
}

/** The same as text; `canonical.ts` compares with it. */
export function textOfRecord(value: { readonly [key: string]: unknown }): string {
  return Object.values(value).every((item) => item === undefined) ? '{}\n' : lines(value, '', 1);
}

/** A map or list with something in it, every line from `indent` on and closed by a line feed. */
function lines(value: object, indent: string, level: number): string {
  if (level > levelsMax) throw new TypeError(`more than ${levelsMax} levels cannot be written to a record`);
  const inner = `${indent}  `;
  let text = '';
  if (Array.isArray(value)) {
    // `- ` is as wide as one level: what is nested begins on the line of its dash (YAML 1.2.2 §8.2.1).
    for (const item of value) {
      const written = isNested(item) ? lines(item, inner, level + 1).slice(inner.length) : `${scalar(item, inner)}\n`;
      text += `${indent}- ${written}`;
    }
    return text;
  }
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    if (!isKey(key)) throw new TypeError(`${keyOf(key).slice(0, 80)} cannot be a key of a record`);
    const written = isNested(item) ? `\n${lines(item, inner, level + 1)}` : ` ${scalar(item, inner)}\n`;
    text += `${indent}${keyOf(key)}:${written}`;
  }
  return text;
}

function isNested(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`${prototype.constructor?.name ?? 'an object'} cannot be written to a record`);
  }
  return Object.values(value).some((item) => item !== undefined);
}

/** An empty map or list counts as one: both have a form that fits the line. */
function scalar(value: unknown, indent: string): string {
  if (typeof value === 'string') return textOf(value, indent);
  if (typeof value === 'number') return numberOf(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  if (typeof value === 'object') return Array.isArray(value) ? '[]' : '{}';
  throw new TypeError(`${typeof value} cannot be written to a record`);
}
