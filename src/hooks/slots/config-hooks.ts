/**
 * Hooks in git's configuration (git-hook(1), since git 2.54): beside every manager, for they run before the hooks in
 * files, and no manager writes them. A command is not told which event it is for, so each event has a section.
 */
import { join } from 'node:path';
import type { CommandStep } from '../../setup/step.ts';
import { hookCommand, launcherWord } from './lines.ts';
import type { HookRepository } from './repository.ts';

export function hasConfigHooks({ gitVersion }: HookRepository): boolean {
  const [major = 0, minor = 0] = (gitVersion ?? '').split('.').map(Number);
  return major > 2 || (major === 2 && minor >= 54);
}

export function configHooks(repository: HookRepository, names: readonly string[]): CommandStep[] {
  const file = join(repository.commonDir, 'config');
  const config = ['git', '--git-dir', repository.commonDir, 'config', '--local'];
  return names.flatMap((name) => {
    const section = `hook.intercom-${name}`;
    const values = { event: name, command: hookCommand(name, launcherWord(repository, file)) };
    return Object.entries(values).map(
      ([key, value]): CommandStep => ({
        kind: 'command',
        command: [...config, `${section}.${key}`, value],
        undo: [...config, '--unset-all', `${section}.${key}`],
        touches: [file],
        doneWhen: [`[hook "intercom-${name}"]`, asWritten(key, value)].map((includes) => ({ file, includes })),
      }),
    );
  });
}

/** git-config(1) puts a value with such characters between quotes. */
function asWritten(key: string, value: string): string {
  const quoted = value.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return /[;#"\\]/.test(value) ? `${key} = "${quoted}"` : `${key} = ${value}`;
}
