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
  return judgePaths('push', world.git.pushed(remote, refs), world, surface);
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
