import { commandWord } from './command-word.ts';

/**
 * A rehearsal, taking everything away, and the check of a CI, which may have this checkout for a minute: they begin no new
 * identity, keep nothing for the next time, and start nothing that outlives them.
 */
export function leavesNothing(argv: readonly string[]): boolean {
  return argv.includes('--dry-run') || ['remove', 'check'].includes(commandWord(argv).name ?? '');
}
