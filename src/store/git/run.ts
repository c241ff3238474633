/** The only file that spawns git, or what git would spawn, for an answer: with a clean environment, a deadline, and bounded output. */
import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { IntercomError } from '../../domain/failure.ts';

export interface GitOptions {
  readonly gitDir?: string;
  readonly cwd?: string;
  /** Over the clean environment; see `objectEnvironment`. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly input?: string | Uint8Array;
  readonly timeoutMs?: number;
  readonly maxOutputBytes?: number;
}

export interface GitAnswer {
  /** As shells have it: 127 where git is not installed, 124 where the deadline passed, more than 128 where a signal ended it. */
  readonly code: number;
  readonly stdout: Buffer;
  /** More was said than `maxOutputBytes`: `stdout` is the beginning of it. */
  readonly isCut: boolean;
  readonly stderr: string;
}

const timeoutMsDefault = 30_000;
const outputBytesMaxDefault = 64 * 1024 * 1024;
const missingCode = 127;
const timeoutCode = 124;
const signalCode = 128;

/**
 * Variables that say which repository, index or objects are meant are dropped: hooks inherit them, and they would send
 * our commands elsewhere. What a person sets about transport, configuration (also for one command, by `git -c`) and tracing
 * stays.
 */
export function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) => !name.startsWith('GIT_') || /^GIT_(SSH|ASKPASS|EXEC_PATH|TRACE|CONFIG_|SSL_|PROXY_|HTTP_)/.test(name),
  );
  return { ...Object.fromEntries(kept), LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' };
}

export function runGit(args: readonly string[], options: GitOptions = {}): Promise<GitAnswer> {
  const where = options.gitDir === undefined ? [] : ['--git-dir', options.gitDir];
  return run('git', [...where, ...args], options);
}

/** Has no terminal: a program that would ask for a passphrase there fails, or runs into its deadline. */
export function runWithoutTerminal(program: string, args: readonly string[], options: GitOptions): Promise<GitAnswer> {
  return run(program, args, { ...options, isDetached: true });
}

function run(
  program: string,
  args: readonly string[],
  options: GitOptions & { readonly isDetached?: boolean },
): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? options.gitDir,
      env: { ...gitEnvironment(process.env), ...options.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      detached: options.isDetached ?? false,
    });
    if (hasNoPipes(child)) {
      child.on('error', (cause) => reject(notStarted(program, cause)));
      return;
    }
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const bytesMax = options.maxOutputBytes ?? outputBytesMaxDefault;
    let bytes = 0;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      kill(child, options.isDetached ?? false);
    }, options.timeoutMs ?? timeoutMsDefault);
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= bytesMax) out.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.stdin.on('error', () => {});
    const finish = (code: number, stderr: string) => {
      clearTimeout(timer);
      resolve({ code, stdout: Buffer.concat(out), isCut: bytes > bytesMax, stderr });
    };
    child.on('error', (cause: NodeJS.ErrnoException) => finish(missingCode, cause.message));
    child.on('close', (code, signal) => {
      const said = Buffer.concat(err).toString('utf8');
      if (isLate || signal === null) finish(isLate ? timeoutCode : (code ?? timeoutCode), said);
      else finish(signalCode + (constants.signals[signal] ?? 0), `${said}${program} ended by ${signal}`);
    });
    child.stdin.end(options.input);
  });
}

/** Where the process has no more files to open, node makes none, whatever its types say, and tells the reason later. */
export function hasNoPipes(child: ChildProcess): boolean {
  return (child.stdout ?? undefined) === undefined;
}

export function notStarted(program: string, cause: Error): IntercomError {
  return new IntercomError({
    code: 'io-failed',
    message: `${program} cannot be started: ${(cause as NodeJS.ErrnoException).code ?? cause.message}.`,
    next: 'If too many files are open, allow more with ulimit -n, or close programs.',
    cause,
  });
}

/** With what it started: a helper that waits for a passphrase holds the pipes open. */
function kill(child: ChildProcess, isGroup: boolean): void {
  try {
    if (isGroup && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

/** Throws where git answers anything but success. */
export async function gitOk(args: readonly string[], options: GitOptions = {}): Promise<GitAnswer> {
  const answer = await runGit(args, options);
  if (answer.code === 0) return answer;
  throw gitFailure(args, answer);
}

export function gitFailure(args: readonly string[], answer: GitAnswer): IntercomError {
  const said = answer.code === timeoutCode ? 'it took too long' : answer.stderr.trim().split('\n')[0];
  return new IntercomError({
    code: 'git-failed',
    message: `git ${args[0]} failed: ${said || `exit code ${answer.code}`}.`,
    next: `Run git ${args[0]} by hand to see more.`,
    data: { args: [...args], code: answer.code },
  });
}

let version: Promise<string | undefined> | undefined;

/** `2.39.5`, or undefined where git is not installed; asked once a process. */
export function gitVersion(): Promise<string | undefined> {
  version ??= runGit(['--version']).then(({ code, stdout }) =>
    code === 0 ? /\d+\.\d+(\.\d+)?/.exec(stdout.toString('latin1'))?.[0] : undefined,
  );
  return version;
}

export async function isGitInstalled(): Promise<boolean> {
  return (await gitVersion()) !== undefined;
}
