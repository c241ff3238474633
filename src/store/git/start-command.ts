/** Starts the built command in the background, in a process of its own, about the same repository. Does not wait. */
import { spawn } from 'node:child_process';
import { objectEnvironment } from './alternates.ts';
import type { Repository } from './locate.ts';
import { gitEnvironment } from './run.ts';

/** Answers its process. What does not start, undefined, is tried again at the next occasion. */
export function startCommand(
  repository: Repository,
  commandFile: string,
  words: readonly string[],
  variables: NodeJS.ProcessEnv = {},
): number | undefined {
  const { NODE_EXTRA_CA_CERTS: _slow, ...rest } = gitEnvironment(process.env);
  // A hook's own variables may be relative to where it runs, so the repository is named anew.
  const { gitDir, workTree } = repository;
  const place = { GIT_DIR: gitDir, ...(workTree !== null && { GIT_WORK_TREE: workTree }) };
  const env = { ...rest, ...objectEnvironment(repository), ...place, ...variables };
  const args = [commandFile, '-C', workTree ?? repository.commonDir, ...words];
  const child = spawn(process.execPath, args, { env, detached: true, stdio: 'ignore', windowsHide: true });
  child.on('error', () => {});
  child.unref();
  return child.pid;
}
