/** Puts a value into the text of a JSON file and takes it out again, and leaves every other byte where it is. */
import { isDeepStrictEqual } from 'node:util';
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import type { Json } from './step.ts';

export type Path = readonly (string | number)[];

/** The file cannot be edited without harm; the message ends a sentence about it. */
export class UneditableJson extends Error {}

/** Throws {@link UneditableJson} where the text is not an object, or one key stands twice on a way that we go. */
export function parseObject(text: string): Node {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first !== undefined) {
    const line = text.slice(0, first.offset).split('\n').length;
    throw new UneditableJson(`it is not valid JSON: ${printParseErrorCode(first.error)} in line ${line}`);
  }
  if (root?.type !== 'object') throw new UneditableJson('it holds no JSON object');
  return root;
}

export function valueAt(text: string, path: Path): Json | undefined {
  const node = nodeAt(parseObject(text), path);
  return node === undefined ? undefined : plainValue(node);
}

/** A reader takes the last of two equal keys, we would edit the first. */
function nodeAt(root: Node, path: Path): Node | undefined {
  for (let length = 0; length < path.length; length++) {
    const parent = findNodeAtLocation(root, path.slice(0, length) as (string | number)[]);
    const same = parent?.type === 'object' ? membersNamed(parent, path[length]) : [];
    if (same.length > 1) throw new UneditableJson(`the key ${JSON.stringify(path[length])} stands in it twice`);
  }
  return findNodeAtLocation(root, path as (string | number)[]);
}

function membersNamed(parent: Node, name: string | number | undefined): Node[] {
  return (parent.children ?? []).filter((member) => member.children?.[0]?.value === name);
}

/** As the last member of its object, or the last element of the list at `path`. Containers on the way are made. */
export function put(text: string, path: Path, value: Json, how: 'member' | 'element'): string {
  const root = parseObject(text);
  let depth = path.length;
  while (nodeAt(root, path.slice(0, depth)) === undefined) depth--;
  const isElement = how === 'element' && depth === path.length;
  if (how === 'member' && depth === path.length) throw new UneditableJson(`${path.join('.')} is there already`);
  const parent = nodeAt(root, path.slice(0, depth)) as Node;
  if (parent.type !== (isElement ? 'array' : 'object')) {
    throw new UneditableJson(`${path.slice(0, depth).join('.')} is no ${isElement ? 'list' : 'object'}`);
  }
  const innermost: Json = how === 'element' && !isElement ? [value] : value;
  const nested = path.slice(depth + 1).reduceRight<Json>((inner, key) => ({ [key]: inner }), innermost);
  const after = insert(text, parent, isElement ? undefined : String(path[depth]), nested);
  const name = isElement ? undefined : (path[depth] as string);
  return proven(after, (value) => {
    const container = path.slice(0, depth).reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], value);
    return isDeepStrictEqual(name === undefined ? (container as unknown[]).at(-1) : (container as never)[name], nested);
  });
}

function insert(text: string, parent: Node, name: string | undefined, value: Json): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const last = parent.children?.at(-1);
  const close = parent.offset + parent.length - 1;
  const inner = text.slice(parent.offset + 1, close);
  const isOneLine = !inner.includes('\n') && (last !== undefined || !text.trim().includes('\n'));
  const isBare = text.trim() === '{}';
  if (isOneLine && !isBare) {
    const written = `${name === undefined ? '' : `${JSON.stringify(name)}:${inner.includes(': ') ? ' ' : ''}`}${JSON.stringify(value)}`;
    if (last === undefined) return splice(text, parent.offset + 1, parent.offset + 1, written);
    const end = last.offset + last.length;
    const comma = commaBehind(text, end, close);
    const spaced = `${/,\s/.test(inner) || /^\s/.test(inner) ? ' ' : ''}${written}`;
    return comma === undefined ? splice(text, end, end, `,${spaced}`) : splice(text, comma, comma, `${spaced},`);
  }
  const unit = indentUnit(text);
  const outer = indentOf(text, parent.offset);
  const indent = last === undefined ? outer + unit : indentOf(text, last.offset);
  const body = JSON.stringify(value, null, unit).replaceAll('\n', eol + indent);
  const written = `${eol}${indent}${name === undefined ? '' : `${JSON.stringify(name)}: `}${body}`;
  if (last === undefined) {
    const kept = inner.trimEnd();
    return splice(text, parent.offset + 1, close, `${kept}${written}${eol}${outer}`);
  }
  const end = last.offset + last.length;
  const comma = commaBehind(text, end, close);
  const from = comma ?? end;
  // A remark behind the last one, in its line, stays there.
  const remark = /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[ \t]*)?(?=\r?\n)/.exec(text.slice(from, close))?.[0] ?? '';
  const place = from + remark.trimEnd().length;
  const withMember = splice(text, place, place, comma === undefined ? written : `${written},`);
  return comma === undefined ? splice(withMember, end, end, ',') : withMember;
}

/** Takes out one member or element, with its comma and its line. */
export function takeOut(text: string, path: Path): string {
  const root = parseObject(text);
  const found = nodeAt(root, path);
  const node = found?.parent?.type === 'property' ? found.parent : found;
  const parent = node?.parent;
  if (node === undefined || parent === undefined) return text;
  const siblings = parent.children as Node[];
  const index = siblings.indexOf(node);
  const close = parent.offset + parent.length - 1;
  const end = node.offset + node.length;
  const comma = commaBehind(text, end, siblings[index + 1]?.offset ?? close);
  const expected = without(plainValue(root), path);
  const start = text.slice(0, node.offset).trimEnd().length;
  const attempts = [start, node.offset].map((from) => {
    // What stands between it and its comma is a remark of somebody's.
    const bare = comma === undefined ? text : splice(text, comma - 1, comma, '');
    const cut = splice(bare, from, end, '');
    const previous = siblings[index - 1];
    const left = comma !== undefined || previous === undefined ? cut : withoutComma(cut, previous, node.offset);
    return siblings.length === 1 ? withoutSpace(left, parent.offset) : left;
  });
  for (const attempt of attempts) {
    if (isDeepStrictEqual(tryParse(attempt), expected)) return attempt;
  }
  throw new UneditableJson(`${path.join('.')} cannot be taken out of it safely`);
}

/** With the prototype of a plain object, which the parser's own values lack. */
function plainValue(node: Node): Json {
  return JSON.parse(JSON.stringify(getNodeValue(node)));
}

function without(value: unknown, path: Path): unknown {
  const copy = structuredClone(value);
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy);
  const last = path.at(-1) as string | number;
  if (Array.isArray(parent)) parent.splice(last as number, 1);
  else delete (parent as Record<string, unknown>)[last];
  return copy;
}

/** Where the comma behind `from` ends; comments may stand before it. */
function commaBehind(text: string, from: number, until: number): number | undefined {
  const trivia = /^(?:\s|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)*,/.exec(text.slice(from, until));
  return trivia === null ? undefined : from + trivia[0].length;
}

function withoutComma(text: string, previous: Node, until: number): string {
  const comma = commaBehind(text, previous.offset + previous.length, until);
  return comma === undefined ? text : splice(text, comma - 1, comma, '');
}

/** `{\n}` becomes `{}`. */
function withoutSpace(text: string, open: number): string {
  const space = /^\s*(?=[}\]])/.exec(text.slice(open + 1))?.[0] ?? '';
  return splice(text, open + 1, open + 1 + space.length, '');
}

function proven(text: string, holds: (value: unknown) => boolean): string {
  const value = tryParse(text);
  if (value === undefined || !holds(value)) throw new UneditableJson('its form cannot be edited safely');
  return text;
}

function tryParse(text: string): unknown {
  try {
    return plainValue(parseObject(text));
  } catch {
    return undefined;
  }
}

function splice(text: string, from: number, to: number, content: string): string {
  return text.slice(0, from) + content + text.slice(to);
}

function indentUnit(text: string): string {
  return /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
}

function indentOf(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
