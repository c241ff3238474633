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

/** What `-C` names, wherever it stands; also of words that are used wrongly otherwise. */
export function directoryIn(argv: readonly string[]): string | undefined {
  const words = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const at = words.findIndex((word) => word === '-C' || word === '--directory');
  return at < 0 ? words.find((word) => word.startsWith('--directory='))?.slice('--directory='.length) : words[at + 1];
}
