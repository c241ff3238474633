/** Opens the repository that a hook is about, as the session of the harness that the hook names. */
import { join } from 'node:path';
import { sessionInEnvironment } from '../harness/detect.ts';
import type { Hook } from '../harness/harness.ts';
import { identityOf, parentOf } from '../identity.ts';
import { open } from '../open.ts';
import { arrive, findName } from '../operations/arrive.ts';
import { calledNow } from '../operations/called-now.ts';
import { isOpen } from '../operations/is-open.ts';
import type { Session } from '../operations/session.ts';
import type { Repository } from '../store/git/locate.ts';
import { gitEnvironment } from '../store/git/run.ts';

declare const __dirname: string;

interface Asking {
  readonly harness: string;
  readonly hook: Hook;
  readonly env: NodeJS.ProcessEnv;
  /** The built command; beside the program that runs when it is left out. */
  readonly commandFile?: string | undefined;
}

/**
 * Undefined where coordination was never opened. Whoever acts is registered by acting; at its start a session is,
 * whatever it does.
 */
export async function openForHook(
  { workTree, gitDir }: Repository,
  { harness, hook, env, commandFile = join(__dirname, 'bin.cjs') }: Asking,
): Promise<Session | undefined> {
  const around = sessionInEnvironment(env);
  // A harness that was started in a shell of another has the other's variables.
  const known = around?.harness === harness ? around : undefined;
  const { uid, seed, process } = identityOf({ harness, id: hook.session ?? known?.id, pid: known?.pid });
  const given = env.INTERCOM_AGENT || undefined;
  const { session } = await open({
    cwd: workTree ?? gitDir,
    env: gitEnvironment(env),
    agent: given ?? 'newcomer',
    uid: given === undefined ? uid : undefined,
    isGiven: given !== undefined,
    harness,
    process,
    commandFile,
  });
  if (!(await isOpen(session))) {
    await session.store.close();
    return undefined;
  }
  if (given !== undefined) return calledNow(session);
  if (hook.event.kind === 'session-start') {
    const parent = parentOf({ harness, id: hook.session ?? known?.id }, env);
    const arriving = { ...session, self: { ...session.self, parent } };
    const arrived = await arrive(arriving, { name: 'found', seed });
    if (arrived.status === 'done') return arrived.value;
  }
  return { ...session, self: { ...session.self, name: await findName(session, seed) } };
}
