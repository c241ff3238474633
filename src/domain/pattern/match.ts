/** Whether one path is what a pattern is about. */

import type { Pattern } from './parse.ts';
import { nameOf, segmentsOverlap } from './segment.ts';
import { sequencesOverlap } from './sequence.ts';

/**
 * `path` is a file or folder from the root of the repository, as git lists it: nothing in it is special, and no `..`.
 * A resource matches no path, not even a file of its name.
 */
export function matches(pattern: Pattern, path: string): boolean {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  const spelled = { head: names.map((name) => nameOf(name, pattern)), middle: [], tail: undefined };
  return pattern.alternatives.some((alternative) => sequencesOverlap(alternative, spelled, segmentsOverlap));
}
