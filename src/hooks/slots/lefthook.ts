/**
 * lefthook writes its stubs again at every install and sync, and puts what it finds there aside without running it.
 * What a person adds for himself stands in lefthook-local.yml, which is merged with the project's file.
 */
import { join } from 'node:path';
import type { BlockStep, CommandStep, Step } from '../../setup/step.ts';
import { hookFileStep, say } from './hook-files.ts';
import { launcherWord } from './lines.ts';
import type { HookRepository } from './repository.ts';

const endings = ['yml', 'yaml', 'json', 'jsonc', 'toml'];
const bases = ['lefthook', '.lefthook', '.config/lefthook'];

export function hasLefthook({ top, read }: HookRepository): boolean {
  return bases.some((base) => endings.some((ending) => read(join(top, `${base}.${ending}`)) !== undefined));
}

export function lefthookHooks(repository: HookRepository, names: readonly string[]): Step[] {
  const { top, commonDir, hooksFolder, read } = repository;
  const file = localFile(repository);
  const local = withoutBlock(read(file) ?? '');
  const isTaken = (name: string) => new RegExp(`^["']?${name}["']?\\s*:`, 'm').test(local);
  // Its install would put somebody's hook aside that it does not know: there a block is better.
  const isForeign = (name: string) => (read(join(hooksFolder, name)) ?? 'lefthook').includes('lefthook') === false;
  const [foreign, others] = split(names, isForeign);
  const [taken, ours] = split(others, isTaken);
  if (!file.endsWith('.yml') && !file.endsWith('.yaml')) {
    return [say(`${file} is no YAML: put a command for each hook there, ${repository.launcher} hook git <name> {0}.`)];
  }
  const launcher = launcherWord(repository, join(commonDir, 'hooks'));
  const entries: BlockStep = {
    kind: 'block',
    file,
    lines: ours.map((name) => entry(name, launcher)).join(''),
    at: 'end',
  };
  return [
    ...foreign.map((name) => hookFileStep(repository, join(hooksFolder, name), [name])),
    entries,
    ...(local === '' ? [ignored(repository, file)] : []),
    ...install(repository, ours),
    ...taken.map((name) => say(`${file} has ${name} already. Add the command ${launcher} hook git ${name} to it.`)),
    ...(repository.program('lefthook') === undefined ? [say(`Run lefthook install in ${top}.`)] : []),
  ];
}

/** The one that is there; else beside the project's, in its form of YAML. */
function localFile({ top, read }: HookRepository): string {
  const isThere = (file: string) => read(join(top, file)) !== undefined;
  const locals = bases.flatMap((base) => endings.map((ending) => `${base}-local.${ending}`));
  const base = bases.find((each) => endings.some((ending) => isThere(`${each}.${ending}`))) ?? 'lefthook';
  return join(top, locals.find(isThere) ?? `${base}-local.yml`);
}

const args: Readonly<Record<string, string>> = {
  'commit-msg': ' "{1}"',
  'pre-push': ' "{1}"',
  'post-merge': ' {1}',
  'post-checkout': ' {1} {2} {3}',
};

function entry(name: string, launcher: string): string {
  const stdin = name === 'pre-push' ? '      use_stdin: true\n' : '';
  return `${name}:
  commands:
    git-intercom:
${stdin}      run: |
        [ ! -x ${launcher} ] || ${launcher} hook git ${name}${args[name] ?? ''} || [ $? -ne 1 ]
`;
}

/** By convention nobody commits it; where the project does not say so, this clone does. */
function ignored({ top, commonDir }: HookRepository, file: string): BlockStep {
  const lines = `${file.slice(top.length)}\n`;
  return { kind: 'block', file: join(commonDir, 'info/exclude'), lines, at: 'end' };
}

/** Stubs for hooks that the project did not have. The order goes through sh, for lefthook works where it stands. */
function install({ top, hooksFolder, commonDir, program }: HookRepository, names: readonly string[]): CommandStep[] {
  const lefthook = program('lefthook');
  if (lefthook === undefined || names.length === 0) return [];
  const files = names.map((name) => join(hooksFolder, name));
  return [
    {
      kind: 'command',
      command: ['sh', '-c', 'cd "$1" && exec "$2" install', 'sh', top, lefthook],
      undo: ['sh', '-c', ':'],
      touches: [...files, join(commonDir, 'info/lefthook.checksum')],
      doneWhen: files.map((file) => ({ file, includes: 'lefthook' })),
    },
  ];
}

function withoutBlock(text: string): string {
  return text.replace(/^# >>> git-intercom >>>[\s\S]*?^# <<< git-intercom <<<.*\n?/m, '');
}

function split<T>(items: readonly T[], is: (item: T) => boolean): readonly [T[], T[]] {
  return [items.filter(is), items.filter((item) => !is(item))];
}
