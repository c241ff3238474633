/** What the set-up of git's hooks knows of a repository, read from the real one. */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import type { HookRepository } from '../hooks/slots/repository.ts';
import { askGit } from '../store/git/hook-git.ts';
import { gitEnvironment } from '../store/git/run.ts';
import { testGitVersion } from '../store/local/test-seams.ts';

interface Place {
  readonly top: string;
  readonly commonDir: string;
  readonly launcher: string;
}

/** Throws where git fails. */
export function hookRepositoryAt({ top, commonDir, launcher }: Place, env: NodeJS.ProcessEnv): HookRepository {
  const git = (...args: string[]) => (askGit({ cwd: top, env: gitEnvironment(env) }, args) ?? '').trim();
  const programFolders = [join(top, 'node_modules/.bin'), ...(env.PATH ?? '').split(delimiter).filter(isAbsolute)];
  return {
    top,
    commonDir,
    hooksFolder: resolve(top, git('rev-parse', '--git-path', 'hooks')),
    gitVersion: testGitVersion(env) ?? /\d+(?:\.\d+)+/.exec(git('--version'))?.[0],
    launcher,
    read: readText,
    isExecutable,
    program: (name) => programFolders.map((folder) => join(folder, name)).find(isExecutable),
  };
}

export function readText(file: string): string | undefined {
  try {
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
