/** Runs a program to its end, in the repository's root unless told otherwise. */
import { execFile } from 'node:child_process';
import { root } from './sources.ts';

interface Run {
  /** null when it was ended by a signal or could not be started. */
  readonly exitCode: number | null;
  /** What it wrote, standard output before standard error. */
  readonly output: string;
}

export function run(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Run> {
  return new Promise((resolve) => {
    const settings = { cwd: options.cwd ?? root, env: { ...process.env, ...options.env }, maxBuffer: 2 ** 26 };
    const child = execFile(program, args, settings, (error, stdout, stderr) => {
      const notStarted = error !== null && child.pid === undefined ? error.message : '';
      resolve({ exitCode: child.exitCode, output: `${stdout}${stderr}${notStarted}` });
    });
  });
}
