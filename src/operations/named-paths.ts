/** Paths as an agent typed them, held against what stands in the work tree. */
import { escapePath } from '../domain/pattern/escape.ts';
import { idOf, qualified, splitQualified } from '../domain/pattern/repository.ts';
import type { Claimed } from '../domain/record/patterns.ts';
import { typedPaths } from './hub.ts';
import type { Session } from './session.ts';

type Naming = Pick<Session, 'surroundings' | 'store'> & Pick<Partial<Session>, 'sync'>;

/**
 * A path that exists is meant literally: `src/[id]/page.tsx` is a file of some frameworks, and no class of characters.
 * A path is a file when a file stands there, and also when nothing does and its name has an ending: `src/new.ts` is
 * about to become one. Of other paths nobody knows yet, so they hold what is below them. In a hub each path says whose
 * it is. Rejects as `typedPaths` does.
 */
export async function namedPaths(typed: readonly string[], session: Naming): Promise<Claimed> {
  const own = session.store.place.repository;
  const named = (await typedPaths(typed, session)).map((text) => {
    const split = splitQualified(text);
    if (split !== undefined && (!own || split.id !== idOf(own))) {
      return { path: text, isFile: !hasGlob(split.rest) && hasEnding.test(split.rest) };
    }
    const local = split?.rest ?? text;
    const there = session.surroundings.kindAt(local);
    const path = qualified(there !== undefined && hasGlob(local) ? escapePath(local) : local, split?.key ?? own);
    return { path, isFile: there === 'file' || (there === undefined && !hasGlob(local) && hasEnding.test(local)) };
  });
  return {
    paths: named.map(({ path }) => path),
    files: named.filter(({ isFile }) => isFile).map(({ path }) => path),
  };
}

/** What may be an id as well as a path: only a path of another repository says whose it is. */
export async function namedReferences(typed: readonly string[], session: Naming): Promise<readonly string[]> {
  return (await typedPaths(typed, session)).map((text) => {
    const isThere =
      splitQualified(text) === undefined && hasGlob(text) && session.surroundings.kindAt(text) !== undefined;
    return isThere ? escapePath(text) : text;
  });
}

const hasEnding = /[^/.]\.[A-Za-z0-9]+$/;

function hasGlob(text: string): boolean {
  return /[[\]{}*?\\]/.test(text);
}
