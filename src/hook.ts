/**
 * `git intercom hook <harness> <event>`: a harness asks, its input on stdin, the answer in its own form. Whatever goes
 * wrong, the exit code is the harness's for "go on": a broken guard blocks nothing.
 */
import { readFileSync } from 'node:fs';
import { commandWord } from './cli/command-word.ts';
import { currentFolder } from './cli/path-from-top.ts';
import type { ExitCode } from './cli/run.ts';
import { answerHook } from './guarding.ts';
import type { HookInput } from './harness/harness.ts';
import { harnessNamed } from './harness/index.ts';
import { openForHook } from './open-for-hook.ts';
import type { Session } from './operations/session.ts';
import { gitEnvironment } from './store/git/run.ts';

export async function runHook(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<ExitCode> {
  const [harnessName = '', event = ''] = commandWord(argv).behind;
  const harness = harnessNamed(harnessName);
  if (harness === undefined) {
    process.stderr.write(`error: There is no harness ${harnessName}.\nnext:  Run git intercom help hook.\n`);
    return 2;
  }
  if (env.INTERCOM_SKIP === '1') return 0;
  const hook = harness.read(event, inputIn(readStdin()));
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
  for (const { store } of opened) await store.close();
  return exitCode as ExitCode;
}

function readStdin(): string {
  try {
    return readFileSync(0, 'utf8');
  } catch {
    return '';
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
