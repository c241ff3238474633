/** Whether one path, or a folder with all that is below it, is what a pattern is about. */

import type { Pattern } from './parse.ts';
import { nameOf, type Segment, segmentsOverlap } from './segment.ts';
import { sequencesOverlap } from './sequence.ts';

/**
 * `path` is a file or folder from the root of the repository, as git lists it: nothing in it is special, and no `..`.
 * A resource matches no path, not even a file of its name.
 */
export function matches(pattern: Pattern, path: string): boolean {
  return fits(pattern, path, undefined);
}

/** Whether a folder, or anything that may be below it, is what the pattern is about. */
export function meetsFolder(pattern: Pattern, folder: string): boolean {
  return fits(pattern, folder, []);
}

function fits(pattern: Pattern, path: string, tail: readonly Segment[] | undefined): boolean {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  const spelled = { head: names.map((name) => nameOf(name, pattern)), middle: [], tail };
  return pattern.alternatives.some((alternative) => sequencesOverlap(alternative, spelled, segmentsOverlap));
}
