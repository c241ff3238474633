/**
 * A path that lies in another work tree of this repository is the same path here: claims are on paths of the repository,
 * and the guards of edits read them so. Asked for each typed path, so the other work trees are looked for only where it leads
 * into one.
 */
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { existingPart } from './existing-part.ts';
import type { Repository } from './locate.ts';
import { worktreePaths } from './worktrees.ts';

/** Any other path stays as it is. So does the folder of a work tree that lies in this one: by name, it is a folder of ours. */
export function samePathHere(repository: Pick<Repository, 'commonDir' | 'workTree'>, absolute: string): string {
  const { commonDir, workTree } = repository;
  if (workTree === null) return absolute;
  const { real, rest } = existingPart(absolute);
  const whole = join(real, rest);
  if (isBelow(whole, workTree) && !hasOwnGit(real, workTree)) return absolute;
  const around = worktreePaths(commonDir).filter((top) => isBelow(whole, top));
  const [top] = around.sort((a, b) => b.length - a.length);
  if (top === undefined || top === workTree) return absolute;
  return whole === top && isBelow(top, workTree) ? absolute : join(workTree, relative(top, whole));
}

/** Whether something below our top has a `.git` of its own, on the way to the folder. */
function hasOwnGit(folder: string, workTree: string): boolean {
  for (let each = folder; each !== workTree && isBelow(each, workTree); each = dirname(each)) {
    if (existsSync(join(each, '.git'))) return true;
  }
  return false;
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}
