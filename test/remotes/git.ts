/** The real git, as a person with no configuration of their own has it. Never waited for in place: servers of the tests answer here. */
import { execFile } from 'node:child_process';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Where {
  /** Words before the command, for another host. */
  readonly enter?: readonly string[];
}

export const person = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.invalid',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.invalid',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

export function tryGit(env: NodeJS.ProcessEnv, ...words: readonly (string | Where)[]): Promise<Ended> {
  const where = words.find((word) => typeof word !== 'string');
  const args = words.filter((word) => typeof word === 'string');
  const [program = '', ...rest] = [...(where?.enter ?? []), 'git', ...args];
  const options = { env: { ...process.env, ...person, ...env }, timeout: 60_000, maxBuffer: 2 ** 26 };
  return new Promise((resolve) => {
    const child = execFile(program, rest, options, (_error, out, err) =>
      resolve({ code: child.exitCode, out: out.trimEnd(), err: err.trimEnd() }),
    );
  });
}

/** Rejects with what git said where it fails. */
export async function git(env: NodeJS.ProcessEnv, ...words: readonly (string | Where)[]): Promise<string> {
  const { code, out, err } = await tryGit(env, ...words);
  if (code !== 0) throw new Error(`git ${words.join(' ')} ended with ${code}: ${err}`);
  return out;
}
