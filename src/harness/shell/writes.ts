/**
 * Which files a command line writes, as far as it can be read without running it: redirections, and the usual commands
 * that change, move or delete. What it cannot read (a variable, a substitution, a script) it leaves out: the look at
 * what has changed afterwards, and the hooks of git, are behind it.
 */
import { posix } from 'node:path';
import type { Leaving } from '../../domain/guard/confirm.ts';
import type { ShellWrites } from '../../domain/guard/event.ts';
import { commandsIn, type SimpleCommand, unknownWord } from './commands-in.ts';
import { findWrites } from './find-writes.ts';
import { gitWrites } from './git-writes.ts';
import { ownCommand } from './own-command.ts';
import { patchedBy } from './patches.ts';
import { withoutPrefix } from './prefix.ts';
import { variablesIn } from './variables.ts';
import { behindScript, copied, type IsFolder, moved, named, type Written } from './words.ts';

/** Paths and patterns are as typed, from the folder that the `cd`s before them lead to. */
export function shellWrites(line: string, isFolder: IsFolder = () => false): ShellWrites {
  const found: Found = { paths: new Set(), sweeps: new Set(), leaves: new Set() };
  // `$PWD` is wherever it is read.
  const here = { PWD: '.' };
  for (const variables of variablesIn(commandsIn(line, here)))
    collect(line, commandsIn(line, { ...variables, ...here }), isFolder, found);
  const { paths, sweeps, leaves } = found;
  return { paths: [...paths], sweeps: [...sweeps], ...(leaves.size > 0 && { leaves: [...leaves] }) };
}

interface Found {
  readonly paths: Set<string>;
  readonly sweeps: Set<string>;
  readonly leaves: Set<Leaving>;
}

function collect(
  line: string,
  commands: readonly SimpleCommand[],
  isFolder: IsFolder,
  { paths, sweeps, leaves }: Found,
): void {
  /** One for each parenthesis that is open. */
  const folders: Folder[] = ['.'];
  for (const { words, redirects, depth } of commands) {
    while (folders.length <= depth) folders.push(folders.at(-1));
    folders.length = depth + 1;
    const [name = '', ...rest] = withoutPrefix(words);
    if (name === 'cd' || name === 'pushd') folders[depth] = from(folders[depth], folderIn(rest));
    if (name === 'popd') folders[depth] = undefined;
    const isFolderThere = (path: string) => isKnownFolder(from(folders[depth], path), isFolder);
    const written = writtenBy(posix.basename(name), rest, isFolderThere);
    for (const path of [...redirects, ...(written.paths ?? []), ...patchedBy(posix.basename(name), rest, line)])
      if (isFile(path)) add(paths, from(folders[depth], path));
    for (const folder of written.sweeps ?? []) add(sweeps, from(folders[depth], folder));
    for (const each of written.leaves ?? []) leaves.add(each);
  }
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

function isKnownFolder(path: Folder, isFolder: IsFolder): boolean {
  return path !== undefined && isFolder(path);
}

function add(found: Set<string>, path: Folder): void {
  if (path !== undefined) found.add(path);
}

function isFile(path: string): boolean {
  return path !== '' && !path.startsWith('/dev/') && !path.startsWith('~');
}

const writers: Readonly<Record<string, (words: readonly string[], isFolder: IsFolder) => Written>> = {
  rm: (words) => ({ paths: named(words) }),
  unlink: (words) => ({ paths: named(words) }),
  mv: (words, isFolder) => ({ paths: moved(words, isFolder) }),
  cp: (words, isFolder) => ({ paths: copied(words, isFolder) }),
  ln: (words, isFolder) => ({ paths: copied(words, isFolder) }),
  install: (words, isFolder) => ({ paths: copied(words, isFolder, ['-m', '-o', '-g']) }),
  tee: (words) => ({ paths: named(words) }),
  touch: (words) => ({ paths: named(words) }),
  truncate: (words) => ({ paths: named(words, ['-s', '--size', '-r', '--reference']) }),
  sed,
  gsed: sed,
  perl,
  ruby: perl,
  dd: (words) => ({ paths: named(words.filter((word) => word.startsWith('of=')).map((word) => word.slice(3))) }),
  patch: (words) => ({ paths: named(words, ['-p', '-i', '-d']).slice(0, 1) }),
  find: (words, isFolder) => findWrites(words, (name, behind) => writtenBy(name, behind, isFolder)),
  git: gitWrites,
  'git-intercom': ownCommand,
  npx: runner,
  npm: runner,
  pnpm: runner,
  pnpx: runner,
  yarn: runner,
  bunx: runner,
  sh: script,
  bash: script,
  zsh: script,
};

/** A command may be called anything, `constructor` as well. */
function writtenBy(name: string, words: readonly string[], isFolder: IsFolder): Written {
  return (Object.hasOwn(writers, name) ? writers[name]?.(words, isFolder) : undefined) ?? {};
}

function sed(words: readonly string[]): Written {
  return words.some(isInPlace) ? { paths: behindScript(words, ['-e', '-f', '--expression', '--file']) } : {};
}

function perl(words: readonly string[]): Written {
  return words.some((word) => /^-[a-zA-Z0-9]*i/.test(word)) ? { paths: behindScript(words, []) } : {};
}

function isInPlace(word: string): boolean {
  return word === '--in-place' || word.startsWith('--in-place=') || /^-[nErsz]*i/.test(word);
}

/** `npx --yes git-intercom@1 send`, `pnpm dlx git-intercom send` */
function runner(words: readonly string[]): Written {
  const isOurs = (word: string | undefined) => /^git-intercom(?:@|$)/.test(word ?? '');
  const first = words.findIndex(isOurs);
  // `npx -p git-intercom git-intercom send`
  return first < 0 ? {} : ownCommand(words.slice(isOurs(words[first + 1]) ? first + 2 : first + 1));
}

/** `bash -c 'rm a.ts'` */
function script(words: readonly string[], isFolder: IsFolder): Written {
  const option = words.findIndex((word) => /^-[a-z]*c$/.test(word));
  return option < 0 ? {} : shellWrites(words[option + 1] ?? '', isFolder);
}
