/** The built server over HTTP as a process of its own, in a scratch repository. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../tooling/sources.ts';

export const token = 'open-sesame';

export interface HttpServerProcess {
  readonly address: string;
  readonly child: ChildProcess;
  readonly stderr: () => string;
  readonly stdout: () => string;
  /** Answers the exit code. */
  readonly end: (signal?: NodeJS.Signals) => Promise<number | null>;
}

export async function startServer(
  cwd: string,
  env: NodeJS.ProcessEnv,
  words: readonly string[] = [],
): Promise<HttpServerProcess> {
  const child = spawn(process.execPath, [join(root, 'dist/bin.cjs'), 'mcp', '--http', ...words], {
    cwd,
    // Time goes on: leases and waits are real ones.
    env: { INTERCOM_TOKEN: token, ...env, INTERCOM_TEST_CLOCK: undefined, INTERCOM_TEST_SEED: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    stdout += part;
  });
  const address = await new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      stderr += part;
      const found = /http:\/\/\S+\/mcp/.exec(stderr)?.[0];
      if (found !== undefined && stderr.endsWith('\n')) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`exit ${code}: ${stderr}`)));
  });
  const end = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'exit');
    }
    return child.exitCode;
  };
  return { address, child, stderr: () => stderr, stdout: () => stdout, end };
}
