/**
 * A configuration of simple-git-hooks that is a program. A CommonJS one gets a line at its end that adds our hooks to
 * `preserveUnused`. A module cannot be added to from its end, so a file that simple-git-hooks reads before it hands on what
 * it says, with ours added.
 */
import { basename, dirname, join } from 'node:path';
import type { Step } from '../../setup/step.ts';
import { say } from './hook-files.ts';
import type { HookRepository } from './repository.ts';

export interface ConfigProgram {
  readonly file: string;
  readonly text: string;
}

/** In the order in which simple-git-hooks 2.14 looks for them. */
const names = ['.simple-git-hooks', 'simple-git-hooks'].flatMap((name) =>
  ['cjs', 'js', 'mjs'].map((ending) => `${name}.${ending}`),
);
const first = names[0] as string;
const byUs = '// By git intercom init:';

/** The first that is not ours; undefined where there is none. */
export function programIn(folder: string, read: HookRepository['read']): ConfigProgram | undefined {
  for (const name of names) {
    const file = join(folder, name);
    const text = read(file);
    if (text !== undefined && !text.startsWith(byUs)) return { file, text };
  }
  return undefined;
}

/** Whether it names the hook, or has written it already. It may be so without that, and nobody knows before its next run. */
export function mayConfigure({ text }: ConfigProgram, hook: string, installed: string | undefined): boolean {
  const theirs = text.replace(/^\/\/ >>> git-intercom >>>[\s\S]*?^\/\/ <<< git-intercom <<<.*$/m, '');
  return new RegExp(`(["'\`])${hook}\\1`).test(theirs) || installed?.includes('SKIP_SIMPLE_GIT_HOOKS') === true;
}

export function preserveInProgram({ file, text }: ConfigProgram, hooks: readonly string[]): Step[] {
  if (isCommonJs({ file, text })) {
    const lines = `module.exports = (${added(hooks)})(module.exports);\n`;
    return [{ kind: 'block', file, lines, at: 'end', comment: '//' }, belongs(file)];
  }
  const before = join(dirname(file), first);
  const lines = `${byUs} the hooks of ${basename(file)}, and ours beside them.
module.exports = import('./${basename(file)}').then(({ default: hooks, ...named }) => (${added(hooks)})(hooks ?? named));
`;
  return [{ kind: 'file', file: before, text: lines }, belongs(before)];
}

/** `preserveUnused` is true, or a list of names. */
function added(hooks: readonly string[]): string {
  const ours = hooks.map((name) => `'${name}'`).join(', ');
  return `({ preserveUnused: kept = [], ...hooks }) => ({ ...hooks, preserveUnused: kept === true || [...(kept || []), ${ours}] })`;
}

function isCommonJs({ file, text }: ConfigProgram): boolean {
  return file.endsWith('.cjs') || (file.endsWith('.js') && /\bmodule\.exports\b/.test(text));
}

function belongs(file: string): Step {
  return say(`${file} belongs to the project: commit it, or simple-git-hooks deletes the guard elsewhere.`);
}
