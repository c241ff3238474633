/** The work trees of a repository: the main one and the linked ones, as `git worktree list` has them. */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isTrue, readConfig } from './config.ts';
import type { Repository } from './locate.ts';

export interface Worktree {
  readonly path: string;
  /** Null when detached. */
  readonly branch: string | null;
  readonly isMain: boolean;
}

/** Those whose folder is gone are left out; the one that we stand in is always among them. */
export async function listWorktrees(repository: Repository): Promise<Worktree[]> {
  const { commonDir, gitDir, workTree } = repository;
  const found = [...placesOf(commonDir)].map(
    ({ path, gitDir: own }): Worktree => ({ path, branch: branchOf(own), isMain: own === commonDir }),
  );
  if (workTree !== null && !found.some(({ path }) => path === workTree)) {
    found.push({ path: workTree, branch: branchOf(gitDir), isMain: gitDir === commonDir });
  }
  return found;
}

/** Where they are, the one that we stand in too unless its git directory lies apart. */
export function worktreePaths(commonDir: string): string[] {
  return [...placesOf(commonDir)].map(({ path }) => path);
}

function* placesOf(commonDir: string): Iterable<{ readonly path: string; readonly gitDir: string }> {
  const main = mainPath(commonDir);
  if (main !== undefined && existsSync(main)) yield { path: main, gitDir: commonDir };
  for (const name of namesIn(join(commonDir, 'worktrees'))) {
    const linked = join(commonDir, 'worktrees', name);
    const dotGit = read(join(linked, 'gitdir'))?.trimEnd();
    const path = dotGit === undefined ? undefined : dirname(resolve(linked, dotGit));
    if (path !== undefined && existsSync(path)) yield { path: realpathSync(path), gitDir: linked };
  }
}

/** Undefined for a bare repository, and for a git directory that lies apart and does not say where its work tree is. */
function mainPath(commonDir: string): string | undefined {
  const config = readConfig(commonDir, commonDir);
  const configured = config.get('core.worktree');
  if (configured !== undefined) return resolve(commonDir, configured);
  return isTrue(config.get('core.bare')) || basename(commonDir) !== '.git' ? undefined : dirname(commonDir);
}

function branchOf(gitDir: string): string | null {
  return /^ref: refs\/heads\/(.+)$/.exec((read(join(gitDir, 'HEAD')) ?? '').trim())?.[1] ?? null;
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir).sort();
  } catch {
    return [];
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
