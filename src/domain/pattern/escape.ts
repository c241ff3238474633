/** A real path as a pattern. */

import { asFile } from './resource.ts';

/**
 * The canonical pattern that spells this path and no other: `src/[id]/page.tsx` becomes `src/\[id]/page.tsx`, and a
 * file named `port:80` becomes `./port:80`. A name with a control character has no pattern; claim its folder.
 */
export function escapePath(path: string): string {
  return asFile(path.normalize('NFC').replace(/[*?[{\\]|(?<=[@+!?*])\(/gu, '\\$&'));
}
