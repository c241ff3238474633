/**
 * Which files a command line writes, as far as it can be read without running it: redirections, and the usual commands
 * that change, move or delete. What it cannot read (a variable, a substitution, a script) it leaves out: the look at
 * what has changed afterwards, and the hooks of git, are behind it.
 */
import { posix } from 'node:path';
import type { Leaving } from '../../domain/guard/confirm.ts';
import type { ShellWrites } from '../../domain/guard/event.ts';
import { commandsIn, unknownWord } from './commands-in.ts';
import { gitWrites } from './git-writes.ts';
import { ownCommand } from './own-command.ts';
import { behindScript, copied, moved, named, type Written } from './words.ts';

/** Paths and patterns are as typed, from the folder that the `cd`s before them lead to. */
export function shellWrites(line: string): ShellWrites {
  const paths = new Set<string>();
  const sweeps = new Set<string>();
  const leaves = new Set<Leaving>();
  /** One for each parenthesis that is open. */
  const folders: Folder[] = ['.'];
  for (const { words, redirects, depth } of commandsIn(line)) {
    while (folders.length <= depth) folders.push(folders.at(-1));
    folders.length = depth + 1;
    const [name = '', ...rest] = withoutPrefix(words);
    if (name === 'cd') folders[depth] = from(folders[depth], folderIn(rest));
    const written = writtenBy(posix.basename(name), rest);
    for (const path of [...redirects, ...(written.paths ?? [])])
      if (isFile(path)) add(paths, from(folders[depth], path));
    for (const folder of written.sweeps ?? []) add(sweeps, from(folders[depth], folder));
    for (const each of written.leaves ?? []) leaves.add(each);
  }
  return { paths: [...paths], sweeps: [...sweeps], ...(leaves.size > 0 && { leaves: [...leaves] }) };
}

/** Undefined after a `cd` to who knows where. */
type Folder = string | undefined;

/** Home and the folder before are unknown as well. */
function folderIn(words: readonly string[]): Folder {
  const word = words.find((each) => each === unknownWord || each === '-' || !each.startsWith('-'));
  return word === undefined || word === unknownWord || word === '-' || word.startsWith('~') ? undefined : word;
}

function from(folder: Folder, path: Folder): Folder {
  if (path === undefined || posix.isAbsolute(path)) return path;
  return folder === undefined ? undefined : posix.join(folder, path);
}

function add(found: Set<string>, path: Folder): void {
  if (path !== undefined) found.add(path);
}

function isFile(path: string): boolean {
  return path !== '' && !path.startsWith('/dev/') && !path.startsWith('~');
}

/** Words before the command that it is about; `timeout` has a number behind it. */
const prefixes = new Set(
  ['sudo', 'command', 'env', 'nice', 'time', 'timeout', 'nohup', 'exec', '!', '{'].concat(['if', 'then', 'do', 'else']),
);

function withoutPrefix(words: readonly string[]): readonly string[] {
  const first = words.findIndex(
    (word) => !prefixes.has(word) && !/^(?:[A-Za-z_][A-Za-z0-9_]*=.*|[\d.]+[smhd]?)$/s.test(word),
  );
  return first < 0 ? [] : words.slice(first);
}

const writers: Readonly<Record<string, (words: readonly string[]) => Written>> = {
  rm: (words) => ({ paths: named(words) }),
  unlink: (words) => ({ paths: named(words) }),
  mv: (words) => ({ paths: moved(named(words)) }),
  cp: (words) => ({ paths: copied(named(words)) }),
  ln: (words) => ({ paths: copied(named(words)) }),
  install: (words) => ({ paths: copied(named(words, ['-m', '-o', '-g'])) }),
  tee: (words) => ({ paths: named(words) }),
  touch: (words) => ({ paths: named(words) }),
  truncate: (words) => ({ paths: named(words, ['-s', '--size', '-r', '--reference']) }),
  sed: (words) => (words.some(isInPlace) ? { paths: behindScript(words, ['-e', '-f', '--expression', '--file']) } : {}),
  perl: (words) => (words.some((word) => /^-[a-zA-Z]*i/.test(word)) ? { paths: behindScript(words, []) } : {}),
  dd: (words) => ({ paths: words.filter((word) => word.startsWith('of=')).map((word) => word.slice(3)) }),
  patch: (words) => ({ paths: named(words, ['-p', '-i', '-d']).slice(0, 1) }),
  git: gitWrites,
  'git-intercom': ownCommand,
  npx: (words) => (words[0] === 'git-intercom' ? ownCommand(words.slice(1)) : {}),
  sh: script,
  bash: script,
  zsh: script,
};

/** A command may be called anything, `constructor` as well. */
function writtenBy(name: string, words: readonly string[]): Written {
  return (Object.hasOwn(writers, name) ? writers[name]?.(words) : undefined) ?? {};
}

function isInPlace(word: string): boolean {
  return word === '--in-place' || word.startsWith('--in-place=') || /^-[nErsz]*i/.test(word);
}

/** `bash -c 'rm a.ts'` */
function script(words: readonly string[]): Written {
  const option = words.findIndex((word) => /^-[a-z]*c$/.test(word));
  return option < 0 ? {} : shellWrites(words[option + 1] ?? '');
}
