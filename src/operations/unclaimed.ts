/** Changes that nobody needs a claim for: in work trees, and on branches that are not merged. */
import { matches, meetsFolder } from '../domain/pattern/match.ts';
import { parsePattern } from '../domain/pattern/parse.ts';
import type { Session } from './session.ts';
import type { ShownAgent } from './shown-agent.ts';

/** A change in a work tree, or a branch with commits that the default branch lacks. */
export interface UnclaimedChange {
  readonly worktree?: string;
  readonly branch: string | null;
  readonly paths?: readonly string[];
  readonly agent?: string;
}

type Where = { readonly surroundings: Pick<Session['surroundings'], 'changes' | 'unmergedBranches'> } & {
  readonly store: { readonly place: { readonly ignoreCase: boolean } };
};

/**
 * For each pattern in order. Git is asked about all of them at once, and of single ones only where that says too little:
 * what of an untracked folder is meant.
 */
export async function changesOnEach(
  patterns: readonly string[],
  agents: readonly Pick<ShownAgent, 'name' | 'live' | 'worktree' | 'branch'>[],
  { surroundings, store }: Where,
): Promise<UnclaimedChange[][]> {
  if (patterns.length === 0) return [];
  const changed = await surroundings.changes(patterns);
  const all = changed.flatMap(({ paths }) => paths);
  const branches = await surroundings.unmergedBranches(patterns);
  const changesOn = async (pattern: string) => {
    const parsed = parsePattern(pattern, store.place);
    const isUnsure = (path: string) =>
      !parsed.ok || (path.endsWith('/') && !matches(parsed.pattern, path) && meetsFolder(parsed.pattern, path));
    if (all.some(isUnsure)) return surroundings.changes([pattern]);
    return changed
      .map((each) => ({ ...each, paths: each.paths.filter((path) => parsed.ok && matches(parsed.pattern, path)) }))
      .filter(({ paths }) => paths.length > 0);
  };
  const found: UnclaimedChange[][] = [];
  for (const [n, pattern] of patterns.entries()) {
    const inWorktrees = (await changesOn(pattern)).map(({ worktree, branch, paths }) => {
      const agent = agents.find((each) => each.live && each.worktree === worktree)?.name;
      return { worktree, branch, paths, ...(agent !== undefined && { agent }) };
    });
    const onBranches = (branches[n] ?? []).map((branch) => {
      const agent = agents.find((each) => each.branch === branch)?.name;
      return { branch, ...(agent !== undefined && { agent }) };
    });
    found.push([...inWorktrees, ...onBranches]);
  }
  return found;
}
