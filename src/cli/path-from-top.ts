/** Paths as a person types them, as paths from the top of the repository. */
import { posix, relative, resolve, sep } from 'node:path';
import { isResource, isUrl } from '../domain/pattern/resource.ts';
import { UsageError } from './usage-error.ts';

/**
 * From the folder where it was typed to the top of the repository. Resources stay as they are, and so does everything
 * where there is no work tree. A path outside of the work tree is wrong usage.
 */
export function pathFromTop(typed: string, cwd: string, workTree: string | null): string {
  // `"$file"` with nothing in it must not mean the whole repository.
  if (typed === '') throw new UsageError('An empty text is no path.', 'Name a path; . is the folder you are in.');
  if (isResource(typed) || isUrl(typed) || workTree === null) return typed;
  const isBelow = cwd === workTree || cwd.startsWith(workTree + sep);
  const base = isBelow ? cwd : workTree;
  const absolute = resolve(base, typed);
  const path = relative(workTree, absolute).split(sep).join(posix.sep);
  if (path.startsWith('../') || path === '..') {
    throw new UsageError(`${typed} is not in this repository (${workTree}).`, 'Name a path below it, or use -C.');
  }
  const whole = path === '' ? '**' : path;
  return typed.endsWith('/') && whole !== '**' ? `${whole}/` : whole;
}
