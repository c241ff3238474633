/** The top of the main work tree, which all linked ones have in common; the repository itself where it is bare. */
import { basename, dirname } from 'node:path';
import type { Repository } from './locate.ts';

export function mainTop({ commonDir, workTree }: Pick<Repository, 'commonDir' | 'workTree'>): string {
  if (basename(commonDir) === '.git') return dirname(commonDir);
  return workTree ?? commonDir;
}
