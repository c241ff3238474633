/** Giving claims back when git has done what they were for. Landing notes for others come with `sync`. */
import { listed, oneLine } from '../domain/text.ts';
import type { GitHookSurface, GivenBack, HookCode, HookWorld } from './world.ts';

type Hook = (args: readonly string[], world: HookWorld, surface: GitHookSurface) => Promise<HookCode>;

/** Young claims stay: an edit that a guard has just allowed may not be on the disk yet. */
const undoneMinAgeSeconds = 60;

/** `post-commit`: what was committed, and has no further change. Those who depend on it are told. */
export const postCommit: Hook = async (_args, world, surface) => {
  const code = await giveBack(world, surface, () => ({ paths: world.git.committed() }));
  if (!world.isRebasing) await world.tellChanged(world.git.committed());
  return code;
};

/** `post-merge`: what a merge or a pull brought, for it may be what was committed elsewhere. A squash commits nothing. */
export const postMerge: Hook = async ([isSquash], world, surface) =>
  isSquash === '1' ? 0 : giveBack(world, surface, () => ({ paths: world.git.merged() }));

/** `post-checkout`: where files were put back (flag 0) their automatic claims go; another branch ends nobody's work. */
export const postCheckout: Hook = async ([, , isBranch], world, surface) =>
  isBranch === '0' && world.policy.releaseOnCommit !== 'none'
    ? giveBack(world, surface, () => ({ minAgeSeconds: undoneMinAgeSeconds }), 'auto')
    : 0;

async function giveBack(
  world: HookWorld,
  { tell }: GitHookSurface,
  meant: () => Omit<GivenBack, 'which'>,
  only?: 'auto',
): Promise<HookCode> {
  const rule = world.policy.releaseOnCommit;
  if (rule === 'none' || world.isRebasing) return 0;
  const given = await world.giveBack({ ...meant(), which: only ?? rule });
  const paths = given.flatMap((claim) => claim.paths);
  if (paths.length > 0) tell(`git intercom: gave back ${oneLine(listed(paths, 3), 200)}.`);
  return 0;
}
