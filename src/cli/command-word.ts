/** The first word that is neither a global option nor its value: `-C dir claim a.ts` and `claim a.ts -C dir` are alike. */
export function commandWord(argv: readonly string[]): { name: string | undefined; rest: string[] } {
  for (let n = 0; n < argv.length; n++) {
    const word = argv[n] as string;
    if (word === '-C' || word === '--agent' || word === '--directory') n++;
    else if (!word.startsWith('-')) return { name: word, rest: argv.filter((_, at) => at !== n) };
  }
  return { name: undefined, rest: [...argv] };
}
