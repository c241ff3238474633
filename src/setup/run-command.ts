/** Runs a vendor's command to its end, without a terminal and in bounded time. */
import { spawnSync } from 'node:child_process';
import type { Ran } from './apply.ts';

/** A program of hundreds of megabytes takes ten seconds to start where the machine does much else. */
const timeoutMs = 60_000;

/** Vendors' own reports and updates are not what the person asked for. */
const quiet = {
  DISABLE_TELEMETRY: '1',
  DISABLE_AUTOUPDATER: '1',
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  NO_COLOR: '1',
};

export function runCommand([program = '', ...words]: readonly string[], env: NodeJS.ProcessEnv): Ran {
  const { status, signal, error, stdout, stderr } = spawnSync(program, words, {
    env: { ...env, ...quiet },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  const lines = `${stdout ?? ''}\n${stderr ?? ''}`.split('\n').filter((line) => line.trim() !== '');
  const why = error?.message ?? (signal === null ? `exit code ${status}` : `ended by ${signal}`);
  return { isOk: status === 0, said: lines.at(-1)?.trim() ?? why };
}

/** The first line that a program answers to `--version`. What is set up depends on it, so it is waited for. */
export function versionOf(program: string, env: NodeJS.ProcessEnv): string | undefined {
  const { status, stdout } = spawnSync(program, ['--version'], {
    env: { ...env, ...quiet },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  return status === 0 ? stdout.split('\n')[0] : undefined;
}
