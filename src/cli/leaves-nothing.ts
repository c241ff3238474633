import { commandWord } from './command-word.ts';

/** A rehearsal, and taking everything away, begin no new identity, and keep nothing for the next time. */
export function leavesNothing(argv: readonly string[]): boolean {
  return argv.includes('--dry-run') || commandWord(argv).name === 'remove';
}
