/**
 * husky 9 sends git to `.husky/_`, writes fourteen stubs there again at every install, and each stub runs
 * `.husky/<hook>` with `sh -e`. Those files are the project's own: a block in them stays, and the team sees it.
 */
import { basename, dirname, join } from 'node:path';
import type { Step } from '../../setup/step.ts';
import { block, say } from './hook-files.ts';
import type { HookRepository } from './repository.ts';

/** The folder with the project's hooks; undefined where there is no husky. */
export function huskyFolder({ hooksFolder, top, read }: HookRepository): string | undefined {
  const isActive = basename(hooksFolder) === '_' && (read(join(hooksFolder, 'h')) ?? '').includes('husky');
  if (isActive) return dirname(hooksFolder);
  return (read(join(top, 'package.json')) ?? '').includes('"husky"') ? join(top, '.husky') : undefined;
}

export function huskyHooks(repository: HookRepository, names: readonly string[], folder: string): Step[] {
  const steps = names.map((name) => {
    const { isExecutable: _, head: __, ...step } = block(repository, join(folder, name), [name]);
    return step;
  });
  return [
    ...steps,
    say(`${folder} belongs to the project: commit the lines, and whoever has git-intercom is guarded.`),
  ];
}
