/** The whole table of words. What needs another surface is put together here: the check's formats, and set-up. */
import { formatReport } from './ci/format.ts';
import type { Row } from './cli/command.ts';
import { checkCommand } from './cli/commands/check.ts';
import { doctorCommand } from './cli/commands/doctor.ts';
import { commands, lastCommands } from './cli/commands/index.ts';
import { initCommand } from './cli/commands/init.ts';
import { removeCommand } from './cli/commands/remove.ts';
import { uiCommand } from './cli/commands/ui.ts';
import type { MachineSetup } from './setup/port.ts';
import type { PageProgram } from './web/port.ts';

/** The set-up of the machine, and the page, are loaded by those who need them alone. */
export function allCommands(
  version: string,
  openSetup: () => MachineSetup,
  loadPage: () => PageProgram,
): readonly Row[] {
  const setup = [initCommand(openSetup), removeCommand(openSetup), doctorCommand(openSetup)];
  const rows: readonly unknown[] = [
    ...commands,
    uiCommand(loadPage),
    ...setup,
    ...lastCommands,
    checkCommand({ version, formatReport }),
  ];
  return rows as readonly Row[];
}
