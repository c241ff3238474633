/** Paths against others' live claims: refused, or told, by the team's policy and by who runs git. */
import type { Verdict } from '../domain/claim/verdict.ts';
import { conflictText } from './told.ts';
import type { GitHookSurface, HookCode, HookWorld } from './world.ts';

/**
 * An own claim that lapsed and that another has taken since counts for nothing: then the path is theirs, with the newer
 * token. `excuse` says why an agent may go on all the same.
 */
export async function judgePaths(
  deed: 'commit' | 'push',
  paths: readonly string[],
  world: HookWorld,
  { tell }: Pick<GitHookSurface, 'tell'>,
  excuse: (verdict: Verdict) => Promise<string | undefined> = async () => undefined,
): Promise<HookCode> {
  const rule = world.policy[deed];
  if (rule === 'off' || paths.length === 0) return 0;
  const verdict = await world.verdictOn(paths);
  if (verdict.verdict !== 'conflict') return 0;
  const goesOn = world.isPerson
    ? 'a person is only told'
    : rule === 'warn'
      ? `hooks.${deed} of the policy says warn`
      : await excuse(verdict);
  tell(conflictText(verdict, { deed, goesOn, nowMs: world.nowMs }));
  return goesOn === undefined ? 1 : 0;
}
