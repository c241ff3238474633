/** The command `check`, in the table of words. */
import type { Command } from '../cli/command.ts';
export const moreCommands: readonly Command[] = [];
