/** What the code's own branches and work trees say, asked of the real git with bounds on time and output. */
import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Policy } from '../../domain/policy.ts';
import type { Surroundings } from '../port.ts';
import type { WorktreeChanges } from '../work-trees.ts';
import { pinnedFile } from './attached-file.ts';
import { readBranchStates } from './branch-states.ts';
import { readCommitRange } from './commit-range.ts';
import { kindAt } from './kind-at.ts';
import { readLandingStates, readUnmerged } from './landings.ts';
import type { Repository } from './locate.ts';
import { pathspecs } from './pathspecs.ts';
import { runGit } from './run.ts';
import { samePathHere } from './same-path.ts';
import { throughLinks } from './through-links.ts';
import { remoteName } from './tracking-ref.ts';
import { readUnmergedBranches } from './unmerged-branches.ts';
import { workPatch } from './work-patch.ts';
import { listWorktrees } from './worktrees.ts';

const timeoutMs = 10_000;

export function openSurroundings(repository: Repository, policy: Pick<Policy, 'branch' | 'remote'>): Surroundings {
  const landing = { repository, remotes: [...new Set([remoteName(policy.remote) ?? 'origin', 'origin'])] };
  const gitDir = repository.commonDir;
  const git = async (args: readonly string[], cwd?: string): Promise<string | undefined> => {
    const where = cwd === undefined ? { gitDir } : { cwd };
    const { code, stdout } = await runGit([...args], { ...where, timeoutMs });
    return code === 0 ? stdout.toString('utf8') : undefined;
  };
  const defaultBranch = async () => {
    const remote = await git(['symbolic-ref', '-q', 'refs/remotes/origin/HEAD']);
    const candidates = [
      remote?.trim(),
      'refs/heads/main',
      'refs/heads/master',
      'refs/remotes/origin/main',
      'refs/remotes/origin/master',
    ];
    for (const ref of candidates) {
      if (ref !== undefined && (await git(['rev-parse', '-q', '--verify', `${ref}^{commit}`])) !== undefined)
        return ref;
    }
    return null;
  };
  return {
    changes: async (paths) => {
      const specs = pathspecs(paths, repository);
      if (specs.length === 0) return [];
      const found: WorktreeChanges[] = [];
      for (const { path, branch } of await listWorktrees(repository)) {
        const status = await git(['status', '--porcelain', '-z', '--', ...specs], path);
        const changed = status === undefined ? [] : parseStatus(status);
        if (changed.length > 0) found.push({ worktree: path, branch, paths: changed });
      }
      return found;
    },
    changedSince: async (paths, sinceMs) => {
      const { workTree } = repository;
      const specs = pathspecs(paths, repository);
      if (workTree === null || specs.length === 0) return [];
      const status = await git(['status', '--porcelain', '-z', '--untracked-files=all', '--', ...specs], workTree);
      return parseStatus(status ?? '').filter((path) => touchedMs(join(workTree, path)) >= sinceMs);
    },
    unmergedBranches: async (paths) =>
      readUnmergedBranches(paths, { repository, base: defaultBranch, own: policy.branch }),
    branchStates: async (asked) => readBranchStates(repository, await defaultBranch(), asked),
    unmerged: (branch, paths) => readUnmerged(landing, branch, paths),
    landingStates: (asked) => readLandingStates(landing, asked),
    commitRange: (base, head) => readCommitRange(repository, base, head),
    defaultBranch,
    pinnedFile: (path) => pinnedFile(repository, path),
    workPatch: (what) => workPatch(repository, what),
    kindAt: (path) => kindAt(repository, path),
    throughLinks: (path) => throughLinks(repository, path),
    samePathHere: (absolute) => samePathHere(repository, absolute),
  };
}

/** A remote that is given by its address has no branches here. */
/** When the file was last written or renamed; of one that is gone, when its folder last lost or got a name. */
function touchedMs(file: string): number {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat !== undefined) return Math.max(stat.mtimeMs, stat.ctimeMs);
  const folder = lstatSync(dirname(file), { throwIfNoEntry: false });
  return folder === undefined ? Number.POSITIVE_INFINITY : folder.mtimeMs;
}

/** `XY path\0`, and for renames `XY new\0old\0` (git-status, porcelain format 1 with -z). */
function parseStatus(status: string): string[] {
  const parts = status.split('\0');
  const paths: string[] = [];
  for (let n = 0; n < parts.length; n++) {
    const part = parts[n] as string;
    if (part.length < 4) continue;
    paths.push(part.slice(3));
    if (/[RC]/.test(part.slice(0, 2))) paths.push(parts[++n] as string);
  }
  return paths;
}
