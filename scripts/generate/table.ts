/** The table of words as the command has it: what `main.ts` puts together. */
import { moreCommands } from '../../src/ci/commands.ts';
import type { Entry } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands/index.ts';

export const table: readonly Entry[] = [...commands, ...moreCommands];
