/** Paths as a person types them, as paths from the top of the repository. */
import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import { asFile, isResource, isUrl } from '../domain/pattern/resource.ts';
import { UsageError } from './usage-error.ts';

/**
 * Also where somebody deleted it below our feet: by its name it can still be told from which repository it was. A `PWD`
 * that is there is another folder's, of whoever started us in this one, and nothing must be recorded in its repository.
 */
export function currentFolder(env: NodeJS.ProcessEnv): string {
  try {
    return process.cwd();
  } catch {
    return env.PWD === undefined || existsSync(env.PWD) ? sep : env.PWD;
  }
}

/** Without symbolic links, as the top of the work tree is known; as it stands where it does not exist. */
export function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/**
 * From the folder where it was typed to the top of the repository. Resources stay as they are, and so does everything
 * where there is no work tree. `sameHere` brings a path of another work tree of the repository to this one; what is outside
 * of it then is wrong usage.
 */
export function pathFromTop(
  typed: string,
  cwd: string,
  workTree: string | null,
  sameHere?: (absolute: string) => string,
): string {
  // `"$file"` with nothing in it must not mean the whole repository.
  if (typed === '') throw new UsageError('An empty text is no path.', 'Name a path; . is the folder you are in.');
  if (isResource(typed) || isUrl(typed) || isOfNamed.test(typed) || workTree === null) return typed;
  const isBelow = isIn(cwd, workTree);
  const base = isBelow ? cwd : workTree;
  const there = isAbsolute(typed) ? belowTop(typed, workTree) : resolve(base, typed);
  const absolute = sameHere?.(there) ?? there;
  const path = relative(workTree, absolute).split(sep).join(posix.sep);
  if (path.startsWith('../') || path === '..') {
    const whole = sameHere === undefined ? 'work tree' : 'repository';
    throw new UsageError(`${typed} is not in this ${whole} (${workTree}).`, 'Name a path below it, or use -C.');
  }
  const whole = path === '' ? '**' : path;
  // Whoever writes a folder before it means a file, also one that is called like a resource.
  return asFile(typed.endsWith('/') && whole !== '**' ? `${whole}/` : whole);
}

/** A path of another repository of the hub, with its whole key: `server~1f3a9c20:src/auth.ts`. */
const isOfNamed = /^[a-z][a-z0-9_-]+~[0-9a-f]{8}:/;

/** The other way round: a path or pattern from the top, as it is typed in this folder. */
export function pathFromHere(path: string, cwd: string, workTree: string | null): string {
  if (isResource(path) || isOfNamed.test(path) || workTree === null || cwd === workTree || !isIn(cwd, workTree))
    return path;
  const folder = relative(workTree, cwd).split(sep).join(posix.sep);
  const typed = posix.relative(folder, path) || '.';
  // Else it would be an option, or something that is no file.
  return typed.startsWith('-') || isResource(typed) ? `./${typed}` : typed;
}

/** A whole path may come to the work tree through a symbolic link; what follows below the top stays as it was typed. */
function belowTop(typed: string, workTree: string): string {
  const absolute = resolve(typed);
  if (isIn(absolute, workTree)) return absolute;
  const names = absolute.split(sep);
  for (let n = 1; n <= names.length; n++) {
    const real = realFolder(names.slice(0, n).join(sep) || sep);
    if (isIn(real, workTree)) return join(real, ...names.slice(n));
  }
  return absolute;
}

export function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}
