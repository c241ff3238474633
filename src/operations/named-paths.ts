/** Paths as an agent typed them, held against what stands in the work tree. */
import { escapePath, hasGlob, ledBy, withLead } from '../domain/pattern/escape.ts';
import { idOf, qualified, splitQualified } from '../domain/pattern/repository.ts';
import type { Claimed } from '../domain/record/patterns.ts';
import { typedPaths } from './hub.ts';
import type { Session } from './session.ts';

type Naming = Pick<Session, 'surroundings' | 'store'> & Pick<Partial<Session>, 'sync'>;

/**
 * A path that exists is meant literally: `src/[id]/page.tsx` is a file of some frameworks, and no class of characters.
 * So are leading folders that exist: of `src/[id]/**` only the stars are a glob. A path is a file when a file stands
 * there, and also when nothing does and its name has an ending: `src/new.ts` is about to become one. Of other paths
 * nobody knows yet, so they hold what is below them. In a hub each path says whose it is. Rejects as `typedPaths` does.
 */
export async function namedPaths(typed: readonly string[], session: Naming): Promise<Claimed> {
  const own = session.store.place.repository;
  const named = (await typedPaths(typed, session)).map((text) => {
    const split = splitQualified(text);
    if (split !== undefined && (!own || split.id !== idOf(own))) {
      return { path: text, isFile: !hasGlob(split.rest) && hasEnding.test(split.rest) };
    }
    const { path, isFile } = meantHere(split?.rest ?? text, session);
    return { path: qualified(path, split?.key ?? own), isFile };
  });
  return {
    paths: named.map(({ path }) => path),
    files: named.filter(({ isFile }) => isFile).map(({ path }) => path),
  };
}

/** What may be an id as well as a path: only a path of another repository says whose it is. */
export async function namedReferences(typed: readonly string[], session: Naming): Promise<readonly string[]> {
  return (await typedPaths(typed, session)).map((text) =>
    splitQualified(text) === undefined ? meantHere(text, session).path : text,
  );
}

function meantHere(text: string, { surroundings }: Pick<Naming, 'surroundings'>) {
  const there = surroundings.kindAt(text);
  if (there !== undefined) return { path: hasGlob(text) ? escapePath(text) : text, isFile: there === 'file' };
  const led = ledBy(text, (path) => surroundings.kindAt(path) === 'folder');
  return { path: withLead(led), isFile: !hasGlob(led.rest) && hasEnding.test(led.rest) };
}

/** Whether nothing can be below a path that somebody has claimed. */
export function isFileHere(path: string, { surroundings }: Pick<Naming, 'surroundings'>): boolean {
  const there = surroundings.kindAt(path);
  return there === undefined ? hasEnding.test(path) : there === 'file';
}

const hasEnding = /[^/.]\.[A-Za-z0-9]+$/;
