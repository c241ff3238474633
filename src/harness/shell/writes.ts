/**
 * Which files a command line writes, as far as it can be read without running it: redirections, and the usual commands
 * that change, move or delete. What it cannot read (a variable, a substitution, a script) it leaves out: the look at
 * what has changed afterwards, and the hooks of git, are behind it.
 */
import { posix } from 'node:path';
import type { ShellWrites } from '../../domain/guard/event.ts';
import { commandsIn } from './commands-in.ts';
import { gitWrites } from './git-writes.ts';
import { behindScript, moved, named, type Written } from './words.ts';

/** Paths and patterns are as typed, from the folder that the `cd`s before them lead to. */
export function shellWrites(line: string): ShellWrites {
  const paths = new Set<string>();
  const sweeps = new Set<string>();
  let cwd = '.';
  for (const { words, redirects } of commandsIn(line)) {
    const [name = '', ...rest] = withoutPrefix(words);
    if (name === 'cd' && rest[0] !== undefined) cwd = from(cwd, rest[0]);
    const written = writers[posix.basename(name)]?.(rest) ?? {};
    for (const path of [...redirects, ...(written.paths ?? [])]) if (isFile(path)) paths.add(from(cwd, path));
    for (const folder of written.sweeps ?? []) sweeps.add(from(cwd, folder));
  }
  return { paths: [...paths], sweeps: [...sweeps] };
}

function from(cwd: string, path: string): string {
  return posix.isAbsolute(path) ? path : posix.join(cwd, path);
}

function isFile(path: string): boolean {
  return path !== '' && !path.startsWith('/dev/') && !path.startsWith('~');
}

const prefixes = new Set(['sudo', 'command', 'env', 'nice', 'time', 'nohup', 'exec', '!', '{', 'then', 'do', 'else']);

function withoutPrefix(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !prefixes.has(word) && !/^[A-Za-z_][A-Za-z0-9_]*=/.test(word));
  return first < 0 ? [] : words.slice(first);
}

const writers: Readonly<Record<string, (words: readonly string[]) => Written>> = {
  rm: (words) => ({ paths: named(words) }),
  unlink: (words) => ({ paths: named(words) }),
  mv: (words) => ({ paths: moved(named(words)) }),
  cp: (words) => ({ paths: named(words).slice(-1) }),
  tee: (words) => ({ paths: named(words) }),
  touch: (words) => ({ paths: named(words) }),
  truncate: (words) => ({ paths: named(words, ['-s', '--size', '-r', '--reference']) }),
  sed: (words) => (words.some(isInPlace) ? { paths: behindScript(words, ['-e', '-f', '--expression', '--file']) } : {}),
  perl: (words) => (words.some((word) => /^-[a-zA-Z]*i/.test(word)) ? { paths: behindScript(words, []) } : {}),
  dd: (words) => ({ paths: words.filter((word) => word.startsWith('of=')).map((word) => word.slice(3)) }),
  patch: (words) => ({ paths: named(words, ['-p', '-i', '-d']).slice(0, 1) }),
  git: gitWrites,
};

function isInPlace(word: string): boolean {
  return word === '--in-place' || word.startsWith('--in-place=') || /^-[nErsz]*i/.test(word);
}
