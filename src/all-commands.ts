/** The whole table of words. The check is put together here: its formats for CI hosts are a surface of their own. */
import { formatReport } from './ci/format.ts';
import type { Command, ServedCommand, TableCommand } from './cli/command.ts';
import { checkCommand } from './cli/commands/check.ts';
import { commands } from './cli/commands/index.ts';

export function allCommands(version: string): readonly (Command | TableCommand | ServedCommand)[] {
  return [...commands, checkCommand({ version, formatReport }) as Command];
}
