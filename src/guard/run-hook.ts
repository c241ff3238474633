/**
 * `git intercom hook <harness> <event>`: a harness asks, its input on stdin, the answer in its own form. Whatever goes
 * wrong, the exit code is the harness's for "go on": a broken guard blocks nothing.
 */
import { commandWord } from '../cli/command-word.ts';
import { currentFolder } from '../cli/path-from-top.ts';
import type { ExitCode } from '../cli/run.ts';
import { harnessNamed } from '../harness/index.ts';
import { objectOf } from '../harness/input.ts';
import { answerHookOf } from './answer-hook.ts';
import { readHookInput } from './quick.ts';

export async function runHook(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  input = readHookInput(),
): Promise<ExitCode> {
  const [harnessName = '', event = ''] = commandWord(argv).behind;
  const harness = harnessNamed(harnessName);
  if (harness === undefined) {
    // Not the code of wrong usage: some harnesses take it for a refusal.
    const what = harnessName === '' ? 'hook wants a harness and an event' : `There is no harness ${harnessName}`;
    process.stderr.write(`error: ${what}.\nnext:  Run git intercom help hook.\n`);
    return 0;
  }
  if (env.INTERCOM_SKIP === '1') return 0;
  const answered = await answerHookOf({
    harness,
    event,
    input: objectOf(input),
    cwd: currentFolder(env),
    env,
  });
  const { stdout, stderr, exitCode } = answered.output;
  if (stdout !== '') process.stdout.write(`${stdout}\n`);
  if (stderr !== '') process.stderr.write(`${stderr}\n`);
  await answered.settle();
  return exitCode as ExitCode;
}
