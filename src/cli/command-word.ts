export interface CommandWord {
  readonly name: string | undefined;
  readonly before: readonly string[];
  readonly behind: readonly string[];
}

/** The first word that is neither a global option nor its value: `-C dir claim a.ts` and `claim a.ts -C dir` are alike. */
export function commandWord(argv: readonly string[]): CommandWord {
  for (let n = 0; n < argv.length; n++) {
    const word = argv[n] as string;
    if (word === '-C' || word === '--agent' || word === '--directory') n++;
    else if (!word.startsWith('-')) return { name: word, before: argv.slice(0, n), behind: argv.slice(n + 1) };
  }
  return { name: undefined, before: argv, behind: [] };
}
