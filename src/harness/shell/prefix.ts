/** Words before the command that it is about: `sudo -u ada`, `FORCE=1`, `timeout -s KILL 5s`, `then`. */
import { unknownWord } from './commands-in.ts';

/** Their options that have a value behind them. `timeout` has a number as well, and `xargs` adds what it reads. */
const prefixes: Readonly<Record<string, readonly string[]>> = {
  sudo: ['-u', '--user', '-g', '--group', '-D', '--chdir', '-h', '-p', '-C', '-T', '-R'],
  env: ['-u', '--unset', '-C', '--chdir'],
  nice: ['-n', '--adjustment'],
  ionice: ['-c', '-n', '-p'],
  timeout: ['-s', '--signal', '-k', '--kill-after'],
  xargs: ['-n', '-I', '-P', '-L', '-d', '-a', '-E', '-s'],
  exec: ['-a'],
  ...Object.fromEntries(
    ['command', 'builtin', 'time', 'nohup', 'setsid', '!', '{']
      .concat(['if', 'then', 'elif', 'else', 'while', 'until', 'do'])
      .map((word) => [word, []]),
  ),
};

const assignmentOrNumber = /^(?:[A-Za-z_][A-Za-z0-9_]*=.*|[\d.]+[smhd]?)$/s;

export function withoutPrefix(words: readonly string[]): readonly string[] {
  let valued: readonly string[] | undefined;
  let n = 0;
  for (; n < words.length; n++) {
    const word = words[n] as string;
    if (Object.hasOwn(prefixes, word)) valued = prefixes[word];
    else if (valued !== undefined && word.startsWith('-')) n += valued.includes(word) ? 1 : 0;
    else if (!assignmentOrNumber.test(word)) break;
  }
  const rest = words.slice(n);
  // Where `xargs -I{}` puts what it reads.
  return words.slice(0, n).includes('xargs') ? rest.map((word) => (word.includes('{}') ? unknownWord : word)) : rest;
}
