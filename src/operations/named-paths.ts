/** Paths as an agent typed them, held against what stands in the work tree. */
import { anyOf, escapePath, hasGlob, ledBy, withLead } from '../domain/pattern/escape.ts';
import { bothReadings } from '../domain/pattern/readings.ts';
import { idOf, qualified, splitQualified } from '../domain/pattern/repository.ts';
import { isResource } from '../domain/pattern/resource.ts';
import type { Claimed } from '../domain/record/patterns.ts';
import { typedPaths } from './hub.ts';
import type { Session } from './session.ts';

type Naming = Pick<Session, 'surroundings' | 'store'> & Pick<Partial<Session>, 'sync'>;

/**
 * A path that exists is meant literally: `src/[id]/page.tsx` is a file of some frameworks, and no class of characters.
 * So are leading folders that exist: of `src/[id]/**` only the stars are a glob. What does not exist here may stand in
 * another work tree, or be about to be made, and means both. A path is a file when a file stands there, and also when
 * nothing does and its name has an ending: `src/new.ts` is about to become one. Of other paths nobody knows yet, so they
 * hold what is below them. In a hub each path says whose it is. Rejects as `typedPaths` does.
 */
export async function namedPaths(typed: readonly string[], session: Naming): Promise<Claimed> {
  const own = session.store.place.repository;
  const named = (await typedPaths(typed, session)).flatMap((text) => {
    const { key, paths } = meant(text, session);
    return paths.map(({ path, isFile }) => ({ path: qualified(path, key ?? own), isFile }));
  });
  return {
    paths: [...new Set(named.map(({ path }) => path))],
    files: named.filter(({ isFile }) => isFile).map(({ path }) => path),
  };
}

/** What may be an id as well as a path: only a path of another repository says whose it is. */
export async function namedReferences(typed: readonly string[], session: Naming): Promise<readonly string[]> {
  return (await typedPaths(typed, session)).map((text) => {
    const { key, paths } = meant(text, session);
    return qualified(anyOf(paths.map(({ path }) => path)), key);
  });
}

function meant(text: string, session: Naming) {
  const own = session.store.place.repository;
  const split = splitQualified(text);
  const isHere = split === undefined || (own && split.id === idOf(own));
  if (!isHere) return { key: split.key, paths: [meantUnseen(split.rest)] };
  const paths = pathsThere(split?.rest ?? text, session);
  return { key: split?.key, paths: paths.map((path) => meantHere(path, session)) };
}

/** With symbolic links followed, as the guards of edits follow them: what has two names is one file. */
export function pathsThere(text: string, { surroundings }: Pick<Naming, 'surroundings'>): readonly string[] {
  return isResource(text) ? [text] : surroundings.throughLinks(text);
}

function meantHere(text: string, { surroundings }: Pick<Naming, 'surroundings'>) {
  const there = surroundings.kindAt(text);
  if (there !== undefined) return { path: hasGlob(text) ? escapePath(text) : text, isFile: there === 'file' };
  const { lead, rest } = ledBy(text, (path) => surroundings.kindAt(path) === 'folder');
  const { path, isFile } = meantUnseen(rest);
  return { path: withLead({ lead, rest: path }), isFile };
}

function meantUnseen(text: string) {
  return { path: bothReadings(text), isFile: !hasGlob(text) && hasEnding.test(text) };
}

const hasEnding = /[^/.]\.[A-Za-z0-9]+$/;
