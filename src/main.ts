/** The command, composed: everything but the quick answers of bin.ts. */
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { allCommands } from './all-commands.ts';
import { currentFolder } from './cli/path-from-top.ts';
import { run } from './cli/run.ts';
import { paintFor, type Terminal } from './cli/terminal.ts';
import { nameFrom } from './domain/agent/name.ts';
import { open } from './open.ts';
import { readUserName } from './store/git/identity.ts';
import { locate } from './store/git/locate.ts';
import { personUid } from './store/local/person.ts';
import { processFromEnvironment } from './store/local/session-process.ts';
import { testClock } from './store/local/test-seams.ts';

declare const __VERSION__: string;
declare const __dirname: string;

export async function main(argv: readonly string[]): Promise<void> {
  const { env } = process;
  const signals = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => signals.abort(name));
  process.stdout.on('error', leaveQuietly);
  const code = await run(argv, {
    terminal: terminal(env),
    version: __VERSION__,
    cwd: currentFolder(env),
    clock: testClock(env) ?? Date.now,
    signal: signals.signal,
    readStdin: () => readFileSync(0, 'utf8'),
    readFile: (path) => readFileSync(path, 'utf8'),
    openSession: async ({ cwd, agent }) => {
      const who = await identity(agent, cwd, env);
      const process = processFromEnvironment(env);
      return (await open({ cwd, env, ...who, process, commandFile: join(__dirname, 'bin.cjs') })).session;
    },
    commands: allCommands(__VERSION__),
  });
  process.exitCode = code;
}

/** The agent named on the command line or in the environment; else the person at the keyboard. */
async function identity(
  agent: string | undefined,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ agent: string; uid?: string }> {
  const named = agent ?? (env.INTERCOM_AGENT || undefined);
  if (named !== undefined) return { agent: named };
  const repository = await locate({ cwd, env });
  const words = (await readUserName(repository)) ?? userInfo().username;
  return { agent: nameFrom(words) ?? 'somebody', uid: personUid(env) };
}

function terminal(env: NodeJS.ProcessEnv): Terminal {
  const isInteractive = process.stdout.isTTY === true;
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    isInteractive,
    get columns() {
      return isInteractive ? process.stdout.columns || 160 : Number.POSITIVE_INFINITY;
    },
    get rows() {
      return process.stdout.rows || 50;
    },
    paint: paintFor(isInteractive, env),
  };
}

/** `git intercom log | head` closes the pipe early; that is no failure. */
function leaveQuietly(cause: NodeJS.ErrnoException): void {
  if (cause.code === 'EPIPE') process.exit(0);
  throw cause;
}
