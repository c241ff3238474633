/** An index of our own, in which files that git does not know yet are noted as to be added: a diff shows them whole. */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { GitAnswer } from './run.ts';

/** Runs git at the top of the work tree. */
type Git = (
  args: readonly string[],
  more?: { environment?: NodeJS.ProcessEnv; input?: Uint8Array },
) => Promise<GitAnswer>;

/**
 * Calls `use` with the environment that has it, without ignored files and repositories inside. Where there is nothing new, with
 * none: then no index is copied. The user's own index is only read.
 */
export async function withNewFiles<T>(
  git: Git,
  workTree: string,
  pathspec: readonly string[],
  use: (environment: NodeJS.ProcessEnv) => Promise<T>,
): Promise<T> {
  const listed = await git(['ls-files', '--others', '--exclude-standard', '-z', '--', ...pathspec]);
  const names = listed.stdout
    .toString('latin1')
    .split('\0')
    .filter((name) => name !== '' && !name.endsWith('/'));
  if (names.length === 0) return use({});
  const folder = mkdtempSync(join(tmpdir(), 'git-intercom-index-'));
  try {
    const environment = { GIT_INDEX_FILE: join(folder, 'index'), GIT_LITERAL_PATHSPECS: '1' };
    const { stdout } = await git(['rev-parse', '--git-path', 'index']);
    const own = resolve(workTree, stdout.toString('utf8').replace(/\n$/, ''));
    if (existsSync(own)) copyFileSync(own, environment.GIT_INDEX_FILE);
    const input = Buffer.from(`${names.join('\0')}\0`, 'latin1');
    await git(['add', '--intent-to-add', '--pathspec-from-file=-', '--pathspec-file-nul'], { environment, input });
    return await use({ GIT_INDEX_FILE: environment.GIT_INDEX_FILE });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
