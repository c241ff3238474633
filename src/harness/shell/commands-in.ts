/** A command line taken apart into simple commands, as far as that can be done without running it. */
import { type ParseEntry, parse } from 'shell-quote';
import { shellLines } from './lines.ts';

export interface SimpleCommand {
  /** The name and its words; `unknownWord` stands for those with an unknown variable or a substitution. */
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
const reads = new Set(['<', '<<', '<<-', '<<<', '<&']);

/** `variables` are those whose value is known. */
export function commandsIn(line: string, variables: Readonly<Record<string, string>> = {}): SimpleCommand[] {
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
  for (const entry of entriesOf(line, variables)) {
    const op = typeof entry === 'object' && 'op' in entry ? entry.op : undefined;
    if (op !== undefined && op !== 'glob') {
      if (op === '(') depth++;
      if (op === ')') depth = Math.max(0, depth - 1);
      if (starts.has(op)) current = begin();
      redirectedBy = writes.has(op) || reads.has(op) ? op : undefined;
      // In `2> file` the number is of the redirection.
      if (redirectedBy !== undefined && /^\d$/.test(current.words.at(-1) ?? '')) current.words.pop();
      continue;
    }
    const word = wordOf(entry);
    if (redirectedBy === undefined) current.words.push(word);
    else if (isWritten(word, redirectedBy, current.words)) current.redirects.push(word);
    redirectedBy = undefined;
  }
  return commands;
}

/** The lines of a script are commands of their own, and shell-quote takes a line feed for a blank. */
function entriesOf(text: string, variables: Readonly<Record<string, string>>): ParseEntry[] {
  const known = (name: string) => (Object.hasOwn(variables, name) ? (variables[name] as string) : unknownWord);
  return shellLines(text.replaceAll('\\\n', ' ')).flatMap((each) => [...parsed(each, known), { op: ';' } as const]);
}

/** What shell-quote cannot read is no command that we know. */
function parsed(line: string, known: (name: string) => string): ParseEntry[] {
  try {
    return parse(line, known);
  } catch {
    return [];
  }
}

function wordOf(entry: ParseEntry): string {
  const word = typeof entry === 'string' ? entry : 'pattern' in entry ? entry.pattern : unknownWord;
  if (!word.includes(unknownWord) && !word.includes('`')) return word;
  // `F=$(ls)` still says which variable is no more what it was.
  return (/^[A-Za-z_][A-Za-z0-9_]*=/.exec(word)?.[0] ?? '') + unknownWord;
}

/** `[[ a > b ]]` compares. */
function isWritten(word: string, op: string, behind: readonly string[]): boolean {
  return word !== unknownWord && writes.has(op) && !behind.includes('[[') && !isDescriptor(word, op);
}

/** `2>&1` */
function isDescriptor(word: string, op: string): boolean {
  return op === '>&' && /^(?:\d+|-)$/.test(word);
}
