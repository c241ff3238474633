/** Hooks as files: a block of ours in each, behind its first line, before anything there can end the script. */
import { join } from 'node:path';
import type { BlockStep, SayStep, Step } from '../../setup/step.ts';
import { hookLines, isBelow, launcherWord } from './lines.ts';
import type { HookRepository } from './repository.ts';

const shellScript = /^#!.*\b(?:sh|bash|dash|ash|ksh|zsh)\b/;

/** `names` are the hooks of ours that the file stands for. A file that is no script of a shell is only spoken of. */
export function hookFileStep(repository: HookRepository, file: string, names: readonly string[]): Step {
  const text = repository.read(file);
  if (text === undefined) return block(repository, file, names);
  if (text.includes('\0') || (text.startsWith('#!') && !shellScript.test(text))) {
    return say(`${file} is no shell script. Call ${repository.launcher} hook git ${names[0]} from it.`);
  }
  // Git passes it over, and must not begin to run it because of us.
  if (!repository.isExecutable(file))
    return say(`${file} is not executable, and was left alone: git runs no such hook.`);
  return block(repository, file, names);
}

/** In the folder where git looks. */
export function plainHooks(repository: HookRepository, names: readonly string[]): Step[] {
  const steps = names.map((name) => hookFileStep(repository, join(repository.hooksFolder, name), [name]));
  const isShared =
    isBelow(repository.hooksFolder, repository.top) && !isBelow(repository.hooksFolder, repository.commonDir);
  const shared = `${repository.hooksFolder} belongs to the work tree: commit it, and the whole team has the guard.`;
  return isShared ? [...steps, say(shared)] : steps;
}

export function block(repository: HookRepository, file: string, names: readonly string[]): BlockStep {
  const lines = hookLines(names, launcherWord(repository, file));
  return { kind: 'block', file, lines, at: 'after-shebang', head: '#!/bin/sh\n', isExecutable: true };
}

export function say(text: string): SayStep {
  return { kind: 'say', text };
}
