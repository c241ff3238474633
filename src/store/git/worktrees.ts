/** The work trees of a repository: the main one and the linked ones, as `git worktree list` has them. */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isTrue } from './config.ts';
import type { Repository } from './locate.ts';

export interface Worktree {
  readonly path: string;
  /** Null when detached. */
  readonly branch: string | null;
  readonly isMain: boolean;
}

/** Those whose folder is gone are left out. */
export async function listWorktrees(repository: Repository): Promise<Worktree[]> {
  const { commonDir, config } = repository;
  const found: Worktree[] = [];
  if (!isTrue(config.get('core.bare'))) {
    const configured = config.get('core.worktree');
    const path = configured === undefined ? dirname(commonDir) : resolve(commonDir, configured);
    if (existsSync(path)) found.push({ path, branch: branchOf(commonDir), isMain: true });
  }
  for (const name of namesIn(join(commonDir, 'worktrees'))) {
    const gitDir = join(commonDir, 'worktrees', name);
    const dotGit = read(join(gitDir, 'gitdir'))?.trim();
    const path = dotGit === undefined ? undefined : dirname(resolve(gitDir, dotGit));
    if (path !== undefined && existsSync(path))
      found.push({ path: realpathSync(path), branch: branchOf(gitDir), isMain: false });
  }
  return found;
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
