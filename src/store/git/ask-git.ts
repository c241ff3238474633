/** Questions to the real git about the code's own branches, where no answer is an answer. */
import type { Repository } from './locate.ts';
import { type GitOptions, runGit } from './run.ts';

const timeoutMs = 10_000;
const outputBytesMax = 8 * 1024 * 1024;

/**
 * What git says, without the line end; undefined where it answers anything but success, takes longer than ten seconds or
 * says more than 8 MB.
 */
export type AskGit = (
  args: readonly string[],
  options?: Pick<GitOptions, 'input' | 'environment'>,
) => Promise<string | undefined>;

export function askGit({ commonDir }: Pick<Repository, 'commonDir'>): AskGit {
  return async (args, options) => {
    const bounds = { timeoutMs, maxOutputBytes: outputBytesMax };
    const { code, stdout, isCut } = await runGit(args, { gitDir: commonDir, ...bounds, ...options });
    return code === 0 && !isCut ? stdout.toString('utf8').trimEnd() : undefined;
  };
}
