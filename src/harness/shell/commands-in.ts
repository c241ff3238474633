/** A command line taken apart into simple commands, as far as that can be done without running it. */
import { type ParseEntry, parse } from 'shell-quote';

export interface SimpleCommand {
  /** The name and its words; `unknownWord` stands for those with a variable or a substitution. */
  readonly words: readonly string[];
  /** Files that its output is redirected to. */
  readonly redirects: readonly string[];
}

export const unknownWord = '\u0000';

/** Longer lines are programs. */
const charsMax = 20_000;

const starts = new Set([';', '&&', '||', '|', '&', '|&', '(', ')', ';;']);
const writes = new Set(['>', '>>', '>|', '&>', '>&']);

export function commandsIn(line: string): SimpleCommand[] {
  if (line.length > charsMax) return [];
  const commands: { words: string[]; redirects: string[] }[] = [];
  let current = begin(commands);
  let redirectedBy: string | undefined;
  for (const entry of entriesOf(line)) {
    const op = typeof entry === 'object' && 'op' in entry ? entry.op : undefined;
    if (op !== undefined && op !== 'glob') {
      if (starts.has(op)) current = begin(commands);
      redirectedBy = writes.has(op) ? op : undefined;
      continue;
    }
    const word = wordOf(entry);
    if (redirectedBy === undefined) current.words.push(word);
    else if (word !== unknownWord && !isDescriptor(word, redirectedBy)) current.redirects.push(word);
    redirectedBy = undefined;
  }
  return commands;
}

function begin(commands: { words: string[]; redirects: string[] }[]) {
  const command = { words: [], redirects: [] };
  commands.push(command);
  return command as (typeof commands)[number];
}

/** The lines of a script are commands of their own, and shell-quote takes a line feed for a blank. */
function entriesOf(line: string): ParseEntry[] {
  return withoutHeredocs(line.replaceAll('\\\n', ' ')).flatMap((each) => [...parsed(each), { op: ';' } as const]);
}

/** What stands between `<<END` and `END` is data. */
function withoutHeredocs(text: string): string[] {
  const kept: string[] = [];
  let end: string | undefined;
  for (const line of text.split('\n')) {
    if (end !== undefined) {
      if (line.trim() === end) end = undefined;
      continue;
    }
    kept.push(line);
    end = /(?<!<)<<-?\s*(['"]?)([A-Za-z_][A-Za-z0-9_]*)\1/.exec(line)?.[2];
  }
  return kept;
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
