/**
 * Running the command that the policy names, for what should reach a person outside of any terminal.
 *
 * The policy is a file of the repository, and whoever can change a branch could have a command run by those who look at it.
 * So it runs only where git's own configuration, which no commit carries, has the same words: `intercom.allowCommand`.
 * A shell reads the command, and what agents wrote reaches it by the environment alone, never as words of the shell.
 */
import { spawn } from 'node:child_process';
import { shellQuoted } from '../../domain/shell-word.ts';
import { oneLine } from '../../domain/text.ts';
import { runGit } from '../git/run.ts';

/** A command that fails at once is told; one that goes on is left alone. */
const lookMs = 1_000;

/** Answers a sentence where it was not run, or failed at once; undefined where it ended well or goes on by itself. */
export async function runOutside(
  { gitDir, workTree }: { readonly gitDir: string; readonly workTree: string | null },
  command: string,
  variables: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const configured = await runGit(['config', '--null', '--get-all', 'intercom.allowCommand'], {
    gitDir,
    timeoutMs: 5_000,
  });
  const allowed = configured.stdout.toString('utf8').split('\0');
  if (!allowed.includes(command)) {
    return `The policy's command was not run, for this machine does not allow it yet. To allow it: git config --add intercom.allowCommand ${shellQuoted(command)}`;
  }
  return new Promise((resolve) => {
    const child = spawn(command, {
      shell: true,
      cwd: workTree ?? gitDir,
      env: { ...process.env, ...variables },
      detached: true,
      stdio: 'ignore',
      windowsHide: true,
    });
    const failed = (how: string) => `The policy's command ${how}: ${oneLine(command, 100)}`;
    const timer = setTimeout(() => finish(undefined), lookMs);
    const finish = (notice: string | undefined) => {
      clearTimeout(timer);
      child.unref();
      resolve(notice);
    };
    child.on('error', ({ message }) => finish(failed(`could not be started (${message})`)));
    child.on('exit', (code) => finish(code === 0 ? undefined : failed(`failed with ${code ?? 'a signal'}`)));
  });
}
