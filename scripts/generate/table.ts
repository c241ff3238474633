/** The table of words, as the command has it. */
import { allCommands } from '../../src/all-commands.ts';

export const table = allCommands('');
