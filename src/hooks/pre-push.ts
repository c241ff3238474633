/** `pre-push`: the last guard on this machine, for commits that were made without one or before the claim was. */
import type { PushedRef } from '../store/git/commit-paths.ts';
import { judgePaths } from './others-claims.ts';
import type { GitHookSurface, HookCode, HookWorld } from './world.ts';

/** `args` are the name of the remote and its address, the name being the address where it has none. */
export async function prePush(
  [remote = '']: readonly string[],
  world: HookWorld,
  surface: GitHookSurface,
): Promise<HookCode> {
  if (world.policy.push === 'off') return 0;
  const refs = pushedRefs(surface.readStdin(), world.coordinationBranch);
  if (refs.length === 0) return 0;
  return judgePaths('push', world.git.pushed(remote, refs), world, surface, async ({ rivals }) => {
    const paths = [...new Set(rivals.flatMap(({ overlap }) => overlap))];
    const claims = world.git.pushedClaims(remote, refs, paths);
    // A commit names its claims only where our hooks have judged it, and then it was before the rival's.
    if (claims.length === 0 || claims.some((ids) => ids.length === 0)) return undefined;
    const ids = [...new Set(claims.flat())];
    return (await world.wereGivenBack(ids)) ? 'it was committed under claims that were given back since' : undefined;
  });
}

/** `<local ref> <local oid> <remote ref> <remote oid>`, one a line. What is deleted, and our own refs, are let through. */
export function pushedRefs(input: string, coordinationBranch: string): PushedRef[] {
  return input.split('\n').flatMap((line) => {
    const [, localOid, remoteRef, remoteOid] = line.split(' ');
    if (localOid === undefined || remoteRef === undefined || remoteOid === undefined) return [];
    const isOurs = remoteRef === `refs/heads/${coordinationBranch}` || remoteRef.startsWith('refs/intercom/');
    return isOurs || /^0+$/.test(localOid) ? [] : [{ localOid, remoteRef, remoteOid }];
  });
}
