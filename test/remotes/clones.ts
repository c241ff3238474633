/** Clones of a server's repository, each with the command as a process of its own. */
import { type ChildProcess, execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { withCompiled } from '../compiled.ts';
import { git, person } from './git.ts';
import type { Server, StartServer } from './servers/server.ts';
import { isServer } from './servers/server.ts';

const bin = fileURLToPath(new URL('../../dist/bin.cjs', import.meta.url));

const otherMachine = fileURLToPath(new URL('other-machine.cjs', import.meta.url));

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  // biome-ignore lint/suspicious/noExplicitAny: what `--json` prints, of every command.
  readonly json: any;
}

interface Settings {
  /** Over the clone's environment. */
  readonly env?: NodeJS.ProcessEnv;
  readonly onStart?: (child: ChildProcess) => void;
}

export interface Clone {
  readonly dir: string;
  readonly env: NodeJS.ProcessEnv;
  /** `words` without `--json`, which is always said. */
  run(agent: string, words: readonly string[], settings?: Settings): Promise<Ended>;
  git(...args: readonly string[]): Promise<string>;
}

interface Machine {
  readonly host: string;
  /** Of this machine's start unless given. */
  readonly boot?: string;
  readonly aheadMs?: number;
}

/** What makes a program of node's believe to be on another machine. */
export function environmentOf({ host, boot = '', aheadMs = 0 }: Machine): NodeJS.ProcessEnv {
  const clock = { OTHER_BOOT: boot, OTHER_CLOCK_MS: String(aheadMs) };
  return { NODE_OPTIONS: `--require="${otherMachine}"`, OTHER_HOST: host, ...clock };
}

interface Wanted {
  /** Words before each command: those of another host. */
  readonly enter?: readonly string[];
  /** The name of the machine that it takes itself to be on; that of the test's unless given. */
  readonly host?: string;
  /** For `git clone`. */
  readonly options?: readonly string[];
  /** The cache folder of a person who has other clones; each has a person of its own unless given, and so no turns. */
  readonly cache?: string;
}

/** Gone after the test. */
export async function startOr(skip: (reason: string) => never, start: StartServer): Promise<Server> {
  const server = await start();
  if (!isServer(server)) return skip(server.reason);
  onTestFinished(() => server.stop());
  return server;
}

export function makeFolder(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'intercom-clone ü ')));
  onTestFinished(() => remove(dir));
  return dir;
}

const removalsMax = 100;

/** What brings records to the remote in the background may still write there, and ends by itself. */
async function remove(dir: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    } catch (cause) {
      if (attempt === removalsMax) throw cause;
      await sleep(100);
    }
  }
}

/** Quick enough for a test, slow enough for a machine that does three things at once. */
const policy = 'remote: origin\nsync:\n  interval: 2s\n  idleInterval: 2s\n  batch: 1s\n  deadline: 10s\n';

/** The team's first commit: a file, and a policy that names the remote. */
export async function beginTeam(server: Server, config = policy): Promise<void> {
  const dir = join(makeFolder(), 'first');
  await git(server.env, 'clone', '-q', server.url, dir);
  await git(server.env, '-C', dir, 'symbolic-ref', 'HEAD', 'refs/heads/main');
  mkdirSync(join(dir, '.intercom'));
  writeFileSync(join(dir, '.intercom/config.yaml'), config);
  writeFileSync(join(dir, 'a.ts'), 'a\n');
  await git(server.env, '-C', dir, 'add', '.');
  await git(server.env, '-C', dir, 'commit', '-q', '-m', 'begin');
  await git(server.env, '-C', dir, 'push', '-q', 'origin', 'main');
}

export async function makeClone(server: Pick<Server, 'url' | 'env'>, wanted: Wanted = {}): Promise<Clone> {
  const folder = makeFolder();
  const dir = join(folder, 'clone');
  const { enter = [], options = [], host, cache = withCompiled(join(folder, 'cache')) } = wanted;
  await git(server.env, { enter }, 'clone', '-q', ...options, server.url, dir);
  const elsewhere = host === undefined ? {} : environmentOf({ host });
  const env = { ...person, ...server.env, XDG_DATA_HOME: join(folder, 'data'), XDG_CACHE_HOME: cache, ...elsewhere };
  return {
    dir,
    env,
    git: (...args) => git(server.env, { enter }, '-C', dir, ...args),
    run: (agent, words, settings = {}) => {
      const command = [...enter, process.execPath, bin, '--agent', agent, ...words, '--json'];
      return execute(command, { cwd: dir, env: { ...process.env, ...env, ...settings.env } }, settings.onStart);
    },
  };
}

function execute(
  [program = '', ...args]: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  onStart?: (child: ChildProcess) => void,
): Promise<Ended> {
  return new Promise((resolve) => {
    const limits = { timeout: 90_000, killSignal: 'SIGKILL', maxBuffer: 2 ** 26 } as const;
    const child = execFile(program, args, { ...options, ...limits }, (_error, stdout, stderr) => {
      const { exitCode, signalCode } = child;
      resolve({ exitCode, signal: signalCode, stdout, stderr, json: jsonOf(stdout) });
    });
    onStart?.(child);
  });
}

function jsonOf(stdout: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}
