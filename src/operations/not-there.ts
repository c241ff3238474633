/** Claimed names at which nothing stands: of a file that is about to be made that is fine, and one that was mistyped protects nothing. */
import { isResource } from '../domain/pattern/resource.ts';
import { listed } from '../domain/text.ts';
import type { Session } from './session.ts';

/** Patterns and resources are no names; without a work tree nobody knows. */
export function notThere(paths: readonly string[], { store, surroundings }: Session): string[] {
  if (store.place.workTree === null) return [];
  return paths.filter((path) => isPlain(path) && surroundings.kindAt(path) === undefined);
}

export function toldNotThere(paths: readonly string[]): string {
  return `${listed(paths, 3)} ${paths.length === 1 ? 'does' : 'do'} not exist here yet.`;
}

function isPlain(path: string): boolean {
  return !/[[\]{}*?\\]/.test(path) && !isResource(path);
}
