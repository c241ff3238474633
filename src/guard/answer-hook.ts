/** A hook of any harness, ours or another's, from its input to its output: for the command, and for the library. */
import { agentPath } from '../domain/record/path.ts';
import { type Harness, type Hook, type HookInput, type HookOutput, silence } from '../harness/harness.ts';
import type { Environment } from '../harness/session.ts';
import type { Session } from '../operations/session.ts';
import { gitEnvironment } from '../store/git/run.ts';
import { Gate } from '../store/projection/gate.ts';
import { answerHook } from './ask.ts';
import { openForHook } from './open.ts';

export interface HookCall {
  readonly harness: Harness;
  /** By the harness's own name. */
  readonly event: string;
  readonly input: HookInput;
  /** Where the session works, when the hook does not say. */
  readonly cwd: string;
  readonly env: Environment;
  readonly commandFile?: string | undefined;
}

export interface AnsweredHook {
  readonly output: HookOutput;
  /** When the output is on its way to the agent: mail that it carries counts as delivered from then on. */
  readonly settle: () => Promise<void>;
}

/** Rejects for nothing that the repository does: a guard that fails answers so. */
export async function answerHookOf({ harness, event, input, cwd, env, commandFile }: HookCall): Promise<AnsweredHook> {
  const hook = harness.read(event, input);
  if (hook === undefined) return { output: silence, settle: async () => {} };
  const opened: Session[] = [];
  const { answer, delivered } = await answerHook(hook, {
    cwd,
    env: gitEnvironment(env),
    sessionIn: async (repository) => {
      const session = await openForHook(repository, {
        harness: harness.sessionsOf ?? harness.name,
        hook,
        env,
        commandFile,
      });
      if (session !== undefined) opened.push(session);
      return session;
    },
  });
  return {
    output: harness.answer(event, answer),
    settle: async () => {
      delivered();
      for (const session of opened) {
        await noteGate(session, { harness: harness.name, hook });
        await session.store.close();
      }
    },
  };
}

/** From now on the session's hooks are answered quickly. At its end nothing of it is left. */
async function noteGate(
  { store, self }: Session,
  { harness, hook }: { readonly harness: string; readonly hook: Hook },
): Promise<void> {
  const { place } = store;
  const gate = Gate.of(place.commonDir, harness, hook.session ?? hook.gateKey);
  if (hook.event.kind === 'session-end') gate?.forget();
  else {
    const known = await store.read((view) => view.record(agentPath(self.name))).catch(() => undefined);
    if (known?.kind !== 'agent' || known.uid !== self.uid || known.left !== undefined) return;
    const { branch, hub, guard, owners, leaseSeconds, clockDriftSeconds } = store.policy;
    const policy = { branch, hub, guard, owners, leaseSeconds, clockDriftSeconds };
    gate?.noteAgent({ name: self.name, uid: known.uid, tags: known.tags ?? [], policy }, place);
  }
}
