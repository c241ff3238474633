/**
 * `git intercom hook <harness> <event>`: a harness asks, its input on stdin, the answer in its own form. Whatever goes
 * wrong, the exit code is the harness's for "go on": a broken guard blocks nothing.
 */
import { commandWord } from './cli/command-word.ts';
import { currentFolder } from './cli/path-from-top.ts';
import type { ExitCode } from './cli/run.ts';
import { agentPath } from './domain/record/path.ts';
import { answerHook } from './guarding.ts';
import type { Hook, HookInput } from './harness/harness.ts';
import { harnessNamed } from './harness/index.ts';
import { openForHook } from './open-for-hook.ts';
import type { Session } from './operations/session.ts';
import { readHookInput } from './quick-hook.ts';
import { gitEnvironment } from './store/git/run.ts';
import { Gate } from './store/projection/gate.ts';

export async function runHook(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  input = readHookInput(),
): Promise<ExitCode> {
  const [harnessName = '', event = ''] = commandWord(argv).behind;
  const harness = harnessNamed(harnessName);
  if (harness === undefined) {
    // Not the code of wrong usage: some harnesses take it for a refusal.
    process.stderr.write(`error: There is no harness ${harnessName}.\nnext:  Run git intercom help hook.\n`);
    return 0;
  }
  if (env.INTERCOM_SKIP === '1') return 0;
  const hook = harness.read(event, inputIn(input));
  if (hook === undefined) return 0;
  const opened: Session[] = [];
  const cleanEnv = gitEnvironment(env);
  const { answer, delivered } = await answerHook(hook, {
    cwd: currentFolder(env),
    env: cleanEnv,
    sessionIn: async (repository) => {
      const session = await openForHook(repository, { harness: harness.name, hook, env });
      if (session !== undefined) opened.push(session);
      return session;
    },
  });
  const { stdout, stderr, exitCode } = harness.answer(event, answer);
  if (stdout !== '') process.stdout.write(`${stdout}\n`);
  if (stderr !== '') process.stderr.write(`${stderr}\n`);
  delivered();
  for (const session of opened) {
    await noteGate(session, { harness: harness.name, hook });
    await session.store.close();
  }
  return exitCode as ExitCode;
}

/** From now on the session's hooks are answered quickly. At its end nothing of it is left. */
async function noteGate(
  { store, self }: Session,
  { harness, hook }: { readonly harness: string; readonly hook: Hook },
): Promise<void> {
  const { commonDir, workTree } = store.place;
  const gate = Gate.of(commonDir, harness, hook.session);
  if (hook.event.kind === 'session-end') gate?.forget();
  else {
    const known = await store.read((view) => view.record(agentPath(self.name))).catch(() => undefined);
    if (known?.kind !== 'agent' || known.uid !== self.uid || known.left !== undefined) return;
    const { branch, guard, leaseSeconds } = store.policy;
    gate?.noteAgent({ name: self.name, uid: known.uid, policy: { branch, guard, leaseSeconds } }, workTree);
  }
}

function inputIn(text: string): HookInput {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as HookInput) : {};
  } catch {
    return {};
  }
}
