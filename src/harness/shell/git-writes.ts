/** Subcommands of git that write files of the work tree. Those that keep what was changed are left out. */
import { posix } from 'node:path';
import { ownCommand } from './own-command.ts';
import { moved, named, type Written } from './words.ts';

export function gitWrites(words: readonly string[]): Written {
  const { folder, rest } = withoutGlobalOptions(words);
  if (rest[0] === 'intercom') return ownCommand(rest.slice(1));
  const { paths = [], sweeps = [] } = writesOf(rest);
  const below = (path: string) => (folder === undefined || posix.isAbsolute(path) ? path : `${folder}/${path}`);
  return { paths: paths.map(below), sweeps: sweeps.map(below) };
}

function writesOf([name = '', ...rest]: readonly string[]): Written {
  const behind = rest.includes('--') ? rest.slice(rest.indexOf('--') + 1) : undefined;
  switch (name) {
    case 'checkout':
    case 'switch':
      if (rest.some((word) => word === '-f' || word === '--force' || word === '--discard-changes')) return everything;
      return inTree(behind ?? rest.filter((word) => word === '.'));
    case 'restore':
      if (rest.includes('--staged') && !rest.includes('--worktree')) return {};
      return inTree(behind ?? named(rest, ['-s', '--source']));
    case 'rm':
      return rest.includes('--cached') ? {} : inTree(named(rest));
    case 'mv':
      return inTree(moved(named(rest)));
    case 'reset':
      return rest.includes('--hard') ? everything : {};
    case 'clean':
      return rest.some((word) => /^-[a-zA-Z]*f|^--force$/.test(word)) ? { sweeps: behind ?? ['.'] } : {};
    case 'stash':
      return rest[0] === undefined || rest[0] === 'push' || rest[0] === 'save' || rest[0].startsWith('-')
        ? everything
        : {};
    default:
      return {};
  }
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
