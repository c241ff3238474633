/**
 * The real git as a git hook asks it: with the variables that git gave to the hook, for they say which index a commit is
 * made from (`git commit -a` and `git commit <path>` use one of their own) and which work tree it is about.
 */
import { spawnSync } from 'node:child_process';

export interface HookPlace {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

const timeoutMs = 10_000;
const outputBytesMax = 256 * 1024 * 1024;

/** What git answered; undefined where it said no (exit code 1). Throws where it fails, with its first words. */
export function askGit(place: HookPlace, args: readonly string[], input = ''): string | undefined {
  const { status, stdout, stderr, error } = spawnSync('git', args, {
    cwd: place.cwd,
    env: { ...place.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
    input,
    maxBuffer: outputBytesMax,
    timeout: timeoutMs,
    windowsHide: true,
  });
  if (status === 0) return stdout.toString('utf8');
  if (status === 1) return undefined;
  const said = error?.message ?? stderr.toString('utf8').trim().split('\n', 1)[0];
  throw new Error(`git ${args[0]}: ${said || `exit code ${status}`}`);
}

/** Paths as git prints them with -z, each once. */
export function pathsIn(output: string | undefined): string[] {
  return [...new Set((output ?? '').split('\0').filter((path) => path !== ''))];
}
