/**
 * simple-git-hooks writes the hooks that it is configured for, whole, and deletes all others at every run, unless
 * `preserveUnused` names them. That is the one line that we add to the project's file. Where pre-commit is configured,
 * our commit-msg asks what pre-commit would have. A configuration that is a program is not run to be read
 * (`simple-git-hooks-program.ts`).
 */
import { basename, join } from 'node:path';
import type { JsonStep, Step } from '../../setup/step.ts';
import { hookFileStep, say } from './hook-files.ts';
import type { HookRepository } from './repository.ts';
import { type ConfigProgram, mayConfigure, preserveInProgram, programIn } from './simple-git-hooks-program.ts';

const key = 'simple-git-hooks';

interface Found {
  readonly file: string;
  /** Where its settings stand in the file. */
  readonly path: readonly string[];
  /** Undefined where nobody can read them. */
  readonly settings: Readonly<Record<string, unknown>> | undefined;
  readonly program?: ConfigProgram;
}

/** Undefined where it is not used. */
export function simpleGitHooks({ top, read }: HookRepository): Found | undefined {
  const program = programIn(top, read);
  if (program !== undefined) return { file: program.file, path: [], settings: undefined, program };
  for (const name of ['.simple-git-hooks.json', 'simple-git-hooks.json']) {
    const text = read(join(top, name));
    if (text !== undefined) return { file: join(top, name), path: [], settings: objectIn(text) };
  }
  const file = join(top, 'package.json');
  const settings = objectIn(read(file) ?? '')?.[key];
  if (typeof settings === 'string') {
    // A folder with a program in it (2.14, _getConfigFromPackageJson).
    const there = programIn(join(top, settings), read);
    return { file: there?.file ?? file, path: [key], settings: undefined, ...(there && { program: there }) };
  }
  if (typeof settings !== 'object' || settings === null) return undefined;
  return { file, path: [key], settings: settings as Record<string, unknown> };
}

export function simpleGitHooksSteps(repository: HookRepository, names: readonly string[], found: Found): Step[] {
  const { hooksFolder, launcher, read } = repository;
  const { settings, file, program } = found;
  const isConfigured = (name: string) =>
    program === undefined
      ? settings !== undefined && Object.hasOwn(settings, name)
      : mayConfigure(program, name, read(join(hooksFolder, name)));
  const free = names.filter((name) => !isConfigured(name));
  const isAskedLater = isConfigured('pre-commit') && !isConfigured('commit-msg');
  const blocks = names
    .filter((name) => !(name === 'pre-commit' && isAskedLater))
    .map((name) => {
      const both = name === 'commit-msg' && isAskedLater ? ['pre-commit', name] : [name];
      return hookFileStep(repository, join(hooksFolder, name), both);
    });
  const lost = names.filter((name) => isConfigured(name) && !(name === 'pre-commit' && isAskedLater));
  return [
    ...(program === undefined ? preserve(found, free) : preserveInProgram(program, free)),
    ...blocks,
    ...lost.map((name) =>
      say(
        `The next run of simple-git-hooks writes ${name} anew. To stay guarded there, put this before its command in ${basename(file)}: ${launcher} hook git ${name} "$@" &&`,
      ),
    ),
  ];
}

function preserve({ file, path, settings }: Found, names: readonly string[]): Step[] {
  const at = [...path, 'preserveUnused'];
  const how = `Set preserveUnused in ${file}, or the next run of simple-git-hooks deletes ${names.join(', ')}.`;
  const now = settings?.preserveUnused;
  if (settings === undefined || (now !== undefined && now !== true && !Array.isArray(now))) return [say(how)];
  if (now === true) return [];
  const edits: JsonStep['edits'] = Array.isArray(now)
    ? names.filter((name) => !now.includes(name)).map((value) => ({ path: at, value, how: 'element' }))
    : [{ path: at, value: true, how: 'default' }];
  const note = `${file} belongs to the project: commit preserveUnused, or simple-git-hooks deletes the guard elsewhere.`;
  return edits.length === 0 ? [] : [{ kind: 'json', file, edits, marks: ['git-intercom'] }, say(note)];
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
