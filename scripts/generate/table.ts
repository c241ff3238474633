/** The table of words, as the command has it. It is read and not run, so that no machine is set up. */
import { allCommands } from '../../src/all-commands.ts';

function notHere(): never {
  throw new Error('the table is only read here');
}

export const table = allCommands('', notHere, notHere);
