/**
 * Which repositories a path that a session is going to write belongs to, by what stands on the disk: symbolic links are
 * followed, a linked worktree is part of its repository, and a file of a submodule is also below the one that has it.
 */
import { existsSync, lstatSync } from 'node:fs';
import { basename, dirname, join, posix, relative, sep } from 'node:path';
import { isIn, realFolder } from '../cli/path-from-top.ts';
import { IntercomError } from '../domain/failure.ts';
import { locateNow, type Repository } from '../store/git/locate.ts';

export interface GuardedPath {
  readonly repository: Repository;
  /** From the top of the work tree; empty for the top itself. */
  readonly path: string;
}

/** The innermost repository first; none where no work tree is around it. A link counts, and what it leads to. */
export function guardedPaths(absolute: string, env: NodeJS.ProcessEnv): GuardedPath[] {
  const here = join(realPath(dirname(absolute)), basename(absolute));
  // Asked before each edit: what is no link has one place, and is looked for once.
  if (!isLink(here)) return repositoriesAround(here, env);
  const found = new Map<string, GuardedPath>();
  for (const path of new Set([here, realFolder(here)])) {
    for (const each of repositoriesAround(path, env)) found.set(`${each.repository.workTree}\0${each.path}`, each);
  }
  return [...found.values()];
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  } catch {
    return false;
  }
}

/** The repository around a folder, and those that have it as a submodule. */
function repositoriesAround(path: string, env: NodeJS.ProcessEnv): GuardedPath[] {
  const found: GuardedPath[] = [];
  for (let folder = dirname(path); ; ) {
    const repository = located(existing(folder), env);
    const { workTree } = repository ?? {};
    if (repository === undefined || !workTree || !isIn(path, workTree)) return found;
    const isGitsOwn = isIn(path, repository.gitDir) || isIn(path, repository.commonDir);
    if (!isGitsOwn) found.push({ repository, path: relative(workTree, path).split(sep).join(posix.sep) });
    if (!repository.commonDir.includes(`${sep}modules${sep}`)) return found;
    folder = dirname(workTree);
  }
}

function located(cwd: string, env: NodeJS.ProcessEnv): Repository | undefined {
  try {
    return locateNow({ cwd, env });
  } catch (thrown) {
    if (thrown instanceof IntercomError && thrown.code === 'not-a-repository') return undefined;
    throw thrown;
  }
}

/** What exists of it, without links; the rest as it is named. */
function realPath(folder: string): string {
  const there = existing(folder);
  return join(realFolder(there), relative(there, folder));
}

function existing(folder: string): string {
  let there = folder;
  while (!existsSync(there)) {
    if (dirname(there) === there) return there;
    there = dirname(there);
  }
  return there;
}
