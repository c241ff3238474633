/** What stands at a path of the work tree; links are followed, as an editor follows them. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from './locate.ts';

export function kindAt({ workTree }: Pick<Repository, 'workTree'>, path: string): 'file' | 'folder' | undefined {
  if (workTree === null) return undefined;
  try {
    return statSync(join(workTree, path)).isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}
