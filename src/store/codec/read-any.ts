/** The long way, for files that people wrote: whatever YAML 1.2 core says, less what no record needs. */
import { Composer, CST, isAlias, isMap, isNode, isScalar, isSeq, Lexer, Parser, type YAMLMap } from 'yaml';
import { levelsMax, lexemesMax } from './bounds.ts';
import { isKey } from './scalar.ts';

/** Why a text is not read, and where: the offset of the character, or null for the whole of it. */
export class Unreadable extends Error {
  readonly offset: number | null;

  constructor(reason: string, offset: number | null = null) {
    super(reason);
    this.offset = offset;
  }
}

/**
 * Throws Unreadable for aliases, anchors, tags, directives, several documents, a root that is no map, a key twice, keys
 * that are not text, numbers that cannot be kept exactly, warnings, and more levels or lexemes than `bounds.ts` has.
 * The text must not hold a carriage return. Time grows with the text, and never beyond the bound on lexemes.
 */
export function readAny(text: string): Record<string, unknown> {
  // uniqueKeys compares each key with each: 2.4 seconds for 64 kB of short ones. `plainMap` looks them up instead.
  const composer = new Composer({
    schema: 'core',
    strict: true,
    uniqueKeys: false,
    stringKeys: true,
    prettyErrors: false,
  });
  const [document] = composer.compose(boundedTokens(text));
  if (document === undefined) throw new Unreadable('it is empty');
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem?.code === 'NON_STRING_KEY') throw new Unreadable('a key that is not text', problem.pos[0]);
  if (problem !== undefined) throw new Unreadable(problem.message, problem.pos[0]);
  if (!isMap(document.contents)) throw new Unreadable('it is no map of fields');
  return plainMap(document.contents, 1);
}

const unwanted: Partial<Record<string, string>> = {
  anchor: 'an anchor',
  tag: 'a tag',
  'directive-line': 'a directive',
  'explicit-key-ind': 'a key that is not text',
};

/**
 * The lexer is a loop, and each lexeme costs the parser a stack of at most `levelsMax`, so looking between two of them
 * is soon enough. The composer, which recurses over the whole, sees the tokens only when all of them were looked at.
 */
function boundedTokens(text: string): CST.Token[] {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let documents = 0;
  let lexemes = 0;
  let isContent = false;
  const take = (token: CST.Token) => {
    if (token.type === 'document' && ++documents > 1) throw new Unreadable('it is more than one document');
    tokens.push(token);
  };
  for (const lexeme of new Lexer().lex(text)) {
    const type: string | null = isContent ? 'scalar' : CST.tokenType(lexeme);
    isContent = !isContent && type === 'scalar';
    const found = unwanted[type ?? ''];
    if (found !== undefined) throw new Unreadable(`${found}, which no record has`, parser.offset);
    if (++lexemes > lexemesMax) throw new Unreadable(`more than ${lexemesMax} words and signs`, parser.offset);
    for (const token of parser.next(lexeme)) take(token);
    // The document and the scalar at hand lie on the stack too.
    if (parser.stack.length > levelsMax + 2) throw new Unreadable(`more than ${levelsMax} levels`, parser.offset);
  }
  for (const token of parser.end()) take(token);
  return tokens;
}

/** `toJS` of the parser, but bounded: it resolves no alias, and says where. */
function plainOf(node: unknown, level: number): unknown {
  if (node === null) return null;
  if (!isNode(node) || isAlias(node)) throw new Unreadable('an alias, which no record has', offsetOf(node));
  if (level > levelsMax + 1) throw new Unreadable(`more than ${levelsMax} levels`, offsetOf(node));
  if (isMap(node)) return plainMap(node, level);
  if (isSeq(node)) return node.items.map((item) => plainOf(item, level + 1));
  if (typeof node.value !== 'number') return node.value;
  const isRounded = Math.abs(node.value) > Number.MAX_SAFE_INTEGER && !node.source?.includes('.');
  if (isRounded || !Number.isFinite(node.value)) throw new Unreadable('a number that cannot be kept', offsetOf(node));
  return node.value + 0; // -0 is 0, as everywhere.
}

function plainMap(node: YAMLMap, level: number): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const { key: keyNode, value: valueNode } of node.items) {
    const key = isScalar(keyNode) ? keyNode.value : undefined;
    if (typeof key !== 'string') throw new Unreadable('a key that is not text', offsetOf(keyNode));
    if (!isKey(key)) throw new Unreadable('a key that no record may have', offsetOf(keyNode));
    if (Object.hasOwn(value, key)) throw new Unreadable(`the key "${key.slice(0, 40)}" twice`, offsetOf(keyNode));
    value[key] = plainOf(valueNode, level + 1);
  }
  return value;
}

function offsetOf(node: unknown): number | null {
  return isNode(node) ? (node.range?.[0] ?? null) : null;
}
