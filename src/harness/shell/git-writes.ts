/** Subcommands of git that write files of the work tree. Those that keep what was changed are left out. */
import { posix } from 'node:path';
import { ownCommand } from './own-command.ts';
import { type IsFolder, moved, named, type Written } from './words.ts';

export function gitWrites(words: readonly string[], isFolder: IsFolder): Written {
  const { folder, rest } = withoutGlobalOptions(words);
  if (rest[0] === 'intercom') return ownCommand(rest.slice(1));
  const below = (path: string) => (folder === undefined || posix.isAbsolute(path) ? path : `${folder}/${path}`);
  const { paths = [], sweeps = [] } = writesOf(rest, (path) => isFolder(below(path)));
  return { paths: paths.map(below), sweeps: sweeps.map(below) };
}

function writesOf([name = '', ...rest]: readonly string[], isFolder: IsFolder): Written {
  const behind = rest.includes('--') ? rest.slice(rest.indexOf('--') + 1) : undefined;
  switch (name) {
    case 'checkout':
    case 'switch':
      if (rest.some((word) => word === '-f' || word === '--force' || word === '--discard-changes')) return everything;
      return behind !== undefined ? inTree(behind) : checkedOut(name, rest);
    case 'restore':
      if (has(rest, 'S', '--staged') && !has(rest, 'W', '--worktree')) return {};
      return inTree(behind ?? named(rest, ['-s', '--source']));
    case 'rm':
      return rest.includes('--cached') ? {} : inTree(named(rest));
    case 'mv':
      return inTree(moved(rest, isFolder));
    case 'reset':
      return rest.includes('--hard') ? everything : {};
    case 'clean':
      if (!has(rest, 'f', '--force') || has(rest, 'n', '--dry-run')) return {};
      return { sweeps: orAll(behind ?? named(rest, ['-e', '--exclude'])) };
    case 'stash':
      return stashed(rest, behind);
    default:
      return {};
  }
}

/** A single word is a branch or a path. Of a path what was changed goes; of a branch there is nothing to be found. */
function checkedOut(command: string, words: readonly string[]): Written {
  if (command === 'switch' || has(words, 'bB', '--orphan')) return {};
  const names = named(words, ['--conflict', '--pathspec-from-file']);
  const isOfStages = words.some((word) => word === '--ours' || word === '--theirs');
  return isOfStages || names.length > 1 ? inTree(names) : { sweeps: names };
}

function stashed(words: readonly string[], behind: readonly string[] | undefined): Written {
  const [first = 'push', ...rest] = words[0]?.startsWith('-') ? ['push', ...words] : words;
  if (first === 'save') return everything;
  return first === 'push' ? { sweeps: orAll(behind ?? named(rest, ['-m', '--message'])) } : {};
}

function orAll(folders: readonly string[]): readonly string[] {
  return folders.length === 0 ? ['.'] : folders;
}

/** A letter among the short options, or the long one. */
function has(words: readonly string[], letters: string, long: string): boolean {
  return words.some((word) => word === long || new RegExp(`^-[a-zA-Z]*[${letters}]`).test(word));
}

const everything: Written = { sweeps: ['.'] };

/** Of a folder, what was changed below it goes. */
function inTree(names: readonly string[]): Written {
  const isFolder = (name: string) => name === '.' || name.endsWith('/');
  return { paths: names.filter((name) => !isFolder(name)), sweeps: names.filter(isFolder) };
}

const valued = ['-C', '-c', '--git-dir', '--work-tree'];

function withoutGlobalOptions(words: readonly string[]) {
  let folder: string | undefined;
  let n = 0;
  for (; words[n]?.startsWith('-'); n++) {
    if (!valued.includes(words[n] as string)) continue;
    n++;
    if (words[n - 1] === '-C') folder = posix.join(folder ?? '', words[n] ?? '');
  }
  return { folder, rest: words.slice(n) };
}
