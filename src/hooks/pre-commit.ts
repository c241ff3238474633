/** `pre-commit`: nobody commits what another holds, and nobody commits by hand on the coordination branch. */
import { judgePaths } from './others-claims.ts';
import { coordinationBranchText } from './told.ts';
import type { GitHookSurface, HookCode, HookWorld } from './world.ts';

export async function preCommit(
  _args: readonly string[],
  world: HookWorld,
  surface: GitHookSurface,
): Promise<HookCode> {
  if (world.headBranch === world.coordinationBranch) {
    surface.tell(coordinationBranchText(world.coordinationBranch));
    return 1;
  }
  if (world.policy.commit === 'off') return 0;
  return judgePaths('commit', world.git.staged(), world, surface);
}
