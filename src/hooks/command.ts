/**
 * `git-intercom hook git <name> [args…]`: what git's own hooks call.
 *
 * A hook of ours never stops git by being broken: whatever fails, and whatever takes too long, is told in one line, and
 * git goes on. A policy may want it the other way for agents, never for people.
 */
import { oneLine } from '../domain/text.ts';
import { commitMsg } from './commit-msg.ts';
import { postCheckout, postCommit, postMerge } from './give-back.ts';
import { preCommit } from './pre-commit.ts';
import { prePush } from './pre-push.ts';
import type { GitHookSurface, HookCode, HookWorld } from './world.ts';

type GitHook = (args: readonly string[], world: HookWorld, surface: GitHookSurface) => Promise<HookCode>;

const hooks: Readonly<Record<string, GitHook>> = {
  'pre-commit': preCommit,
  'commit-msg': commitMsg,
  'pre-push': prePush,
  'post-commit': postCommit,
  'post-merge': postMerge,
  'post-checkout': postCheckout,
};

/** Those that can stop git. */
const guarding = new Set(['pre-commit', 'pre-push']);

/** The hooks that are installed. */
export const gitHookNames: readonly string[] = Object.keys(hooks);

/** Never rejects. After the deadline the hook's work may still go on: the caller ends the process. */
export async function runGitHook(
  name: string,
  args: readonly string[],
  surface: GitHookSurface,
): Promise<{ readonly code: HookCode; readonly isLate: boolean }> {
  if (surface.env.INTERCOM_SKIP === '1') return { code: 0, isLate: false };
  // An older git may call what a newer version installed; and the other way round.
  const hook = Object.hasOwn(hooks, name) ? hooks[name] : undefined;
  if (hook === undefined) return broken(`there is no hook ${JSON.stringify(oneLine(name, 40))}`, name, surface);
  const { promise: late, stop } = timer(surface.deadlineMs);
  try {
    const code = await Promise.race([work(hook, args, surface), late]);
    if (code === 'late') return broken(`it took longer than ${surface.deadlineMs / 1000}s`, name, surface, true);
    return { code, isLate: false };
  } catch (thrown) {
    return broken(thrown instanceof Error ? thrown.message : String(thrown), name, surface);
  } finally {
    stop();
  }
}

async function work(hook: GitHook, args: readonly string[], surface: GitHookSurface): Promise<HookCode> {
  const world = await surface.open();
  if (world === undefined) return 0;
  try {
    return await hook(args, world, surface);
  } finally {
    await world.close();
  }
}

function broken(reason: string, name: string, { tell, isStrict }: GitHookSurface, isLate = false) {
  const isStopped = guarding.has(name) && isStrict();
  const how = isStopped ? 'the policy lets nothing through then' : 'git goes on';
  tell(`git intercom: ${oneLine(name, 40)} looked at nothing, and ${how}: ${oneLine(reason, 300)}`);
  return { code: (isStopped ? 1 : 0) as HookCode, isLate };
}

function timer(ms: number) {
  let timeout: NodeJS.Timeout | undefined;
  const promise = new Promise<'late'>((resolve) => {
    timeout = setTimeout(resolve, ms, 'late');
  });
  return { promise, stop: () => clearTimeout(timeout) };
}
