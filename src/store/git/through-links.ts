/** Where a path of the work tree leads: of two names for one file both are meant, as the guards of edits mean them. */
import { lstatSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { asFile } from '../../domain/pattern/resource.ts';
import type { Repository } from './locate.ts';

/**
 * The path with the links on its way followed, and where it ends at a link the link too: an edit writes what it leads to,
 * and a rename the link itself. What does not exist, or of a pattern is no name, stays behind what does. A link that leads
 * out of the work tree is followed by nobody.
 */
export function throughLinks({ workTree }: Pick<Repository, 'workTree'>, path: string): readonly string[] {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  if (workTree === null || names.length === 0 || names.includes('..')) return [path];
  const end = path.endsWith('/') ? '/' : '';
  for (let n = names.length; n > 0; n -= 1) {
    const whole = join(workTree, ...names.slice(0, n));
    const real = realPath(whole);
    if (real === undefined) continue;
    if (real === whole) return [path];
    const rest = names.slice(n);
    const targets = [real, ...(rest.length === 0 && isLink(whole) ? [linkItself(workTree, names)] : [])];
    const led = targets
      .map((target) => relative(workTree, target).split(sep))
      .filter((folders) => !isOutside(folders))
      .map((folders) => [...folders, ...rest].filter((name) => name !== '').join('/'))
      .filter((each) => each !== '')
      .map((each) => asFile(each) + end);
    return led.length === 0 ? [path] : [...new Set(led)].sort();
  }
  return [path];
}

function linkItself(workTree: string, names: readonly string[]): string {
  const folder = join(workTree, ...names.slice(0, -1));
  return join(realPath(folder) ?? folder, names.at(-1) ?? '');
}

/** What is git's own is no part of the work tree either. */
function isOutside([first = '']: readonly string[]): boolean {
  return first === '..' || first === '.git' || isAbsolute(first);
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
