/** A command line taken apart into simple commands, as far as that can be done without running it. */
import { type ParseEntry, parse } from 'shell-quote';
import { shellLines } from './lines.ts';

export interface SimpleCommand {
  /** The name and its words; `unknownWord` stands for those with a variable or a substitution. */
  readonly words: readonly string[];
  /** Files that its output is redirected to. */
  readonly redirects: readonly string[];
  /** How many parentheses stand around it: a `cd` in them does not reach out. */
  readonly depth: number;
}

export const unknownWord = '\u0000';

/** Longer lines are programs. */
const charsMax = 20_000;

const starts = new Set([';', '&&', '||', '|', '&', '|&', '(', ')', ';;']);
const writes = new Set(['>', '>>', '>|', '&>', '>&']);

export function commandsIn(line: string): SimpleCommand[] {
  if (line.length > charsMax) return [];
  const commands: { words: string[]; redirects: string[]; depth: number }[] = [];
  let depth = 0;
  const begin = () => {
    const command = { words: [], redirects: [], depth };
    commands.push(command);
    return command as (typeof commands)[number];
  };
  let current = begin();
  let redirectedBy: string | undefined;
  for (const entry of entriesOf(line)) {
    const op = typeof entry === 'object' && 'op' in entry ? entry.op : undefined;
    if (op !== undefined && op !== 'glob') {
      if (op === '(') depth++;
      if (op === ')') depth = Math.max(0, depth - 1);
      if (starts.has(op)) current = begin();
      redirectedBy = writes.has(op) ? op : undefined;
      // In `2> file` the number is of the redirection.
      if (redirectedBy !== undefined && /^\d$/.test(current.words.at(-1) ?? '')) current.words.pop();
      continue;
    }
    const word = wordOf(entry);
    if (redirectedBy === undefined) current.words.push(word);
    else if (word !== unknownWord && !isDescriptor(word, redirectedBy)) current.redirects.push(word);
    redirectedBy = undefined;
  }
  return commands;
}

/** The lines of a script are commands of their own, and shell-quote takes a line feed for a blank. */
function entriesOf(text: string): ParseEntry[] {
  return shellLines(text.replaceAll('\\\n', ' ')).flatMap((each) => [...parsed(each), { op: ';' } as const]);
}

/** What shell-quote cannot read is no command that we know. */
function parsed(line: string): ParseEntry[] {
  try {
    return parse(line, () => unknownWord);
  } catch {
    return [];
  }
}

function wordOf(entry: ParseEntry): string {
  const word = typeof entry === 'string' ? entry : 'pattern' in entry ? entry.pattern : unknownWord;
  return word.includes(unknownWord) ? unknownWord : word;
}

/** `2>&1` */
function isDescriptor(word: string, op: string): boolean {
  return op === '>&' && /^(?:\d+|-)$/.test(word);
}
