/**
 * How git comes to call us in a repository, beside whatever manages its hooks: (what is there) → steps. core.hooksPath
 * is never set, for managers look at it and stop working.
 */
import { join } from 'node:path';
import type { FileRecord } from '../setup/journal.ts';
import type { Step } from '../setup/step.ts';
import { gitHookNames } from './command.ts';
import { configHooks, hasConfigHooks } from './slots/config-hooks.ts';
import { plainHooks } from './slots/hook-files.ts';
import { huskyFolder, huskyHooks } from './slots/husky.ts';
import { hasLefthook, lefthookHooks } from './slots/lefthook.ts';
import { hasPreCommitFramework, preCommitFrameworkHooks } from './slots/pre-commit-framework.ts';
import type { HookRepository } from './slots/repository.ts';
import { simpleGitHooks, simpleGitHooksSteps } from './slots/simple-git-hooks.ts';

/** The owner of these steps in the journal. */
export const gitHooksOwner = 'git-hooks';

/** Run again after a manager's install, they are the same, or find the place where it has put ours. */
export function gitHookSteps(repository: HookRepository): Step[] {
  const names = gitHookNames;
  if (hasConfigHooks(repository)) return configHooks(repository, names);
  const husky = huskyFolder(repository);
  if (husky !== undefined) return huskyHooks(repository, names, husky);
  if (hasLefthook(repository)) return lefthookHooks(repository, names);
  if (hasPreCommitFramework(repository, names)) return preCommitFrameworkHooks(repository, names);
  const simple = simpleGitHooks(repository);
  if (simple !== undefined) return simpleGitHooksSteps(repository, names, simple);
  return plainHooks(repository, names);
}

/**
 * Hook files that a manager has renamed with our block in them, as the journal would know them: to be put into it before
 * everything is taken back. Managers that rename use the folder of the repository itself.
 */
export function renamedHooks(
  commonDir: string,
  read: HookRepository['read'],
  known: readonly Pick<FileRecord, 'file'>[],
): FileRecord[] {
  const files = gitHookNames.flatMap((name) =>
    [name, `${name}.legacy`, `${name}.old`].map((each) => join(commonDir, 'hooks', each)),
  );
  const isOurs = (file: string) => (read(file) ?? '').includes('# >>> git-intercom >>>');
  return files
    .filter((file) => isOurs(file) && !known.some((record) => record.file === file))
    .map((file) => ({
      ...{ file, owner: gitHooksOwner, scope: commonDir, before: null, modeBefore: undefined, after: '', folders: [] },
      hasBlock: true,
    }));
}
