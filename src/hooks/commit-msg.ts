/** `commit-msg`: the commit says under which claims it was made, for those who check it later. */
import type { Trailer } from '../store/git/message-trailers.ts';
import type { HookCode, HookWorld } from './world.ts';

/** A provisional claim has no token yet; its id is enough to find it. */
export async function commitMsg([file]: readonly string[], world: HookWorld): Promise<HookCode> {
  // A commit made again, in a rebase, keeps what it said.
  if (file === undefined || world.isRebasing) return 0;
  const paths = world.git.staged();
  const claims = paths.length === 0 ? [] : await world.claimsOn(paths);
  const trailers = claims.flatMap(({ id, token }): Trailer[] => [
    { key: 'Intercom-Claim', value: id },
    ...(token === null ? [] : [{ key: 'Intercom-Token', value: token }]),
  ]);
  if (trailers.length > 0) world.git.addTrailers(file, trailers);
  return 0;
}
