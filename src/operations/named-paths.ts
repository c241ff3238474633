/** Paths as an agent typed them, held against what stands in the work tree. */
import { anyOf, escapePath, hasGlob, ledBy, withLead } from '../domain/pattern/escape.ts';
import { parsePattern } from '../domain/pattern/parse.ts';
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

/** A path as a pattern. */
export interface Named {
  readonly path: string;
  readonly isFile: boolean;
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

/** What a typed text is a glob for; undefined where it is a name, or no pattern at all. */
export function globMeant(text: string, session: Naming): Named | undefined {
  if (isResource(text) || !hasGlob(text) || session.surroundings.kindAt(text) !== undefined) return undefined;
  const meant = meantHere(text, session);
  return parsePattern(meant.path).ok ? meant : undefined;
}

/** The same of a text about another repository, whose work tree nobody sees. */
export function globMeantUnseen(text: string): Named | undefined {
  const meant = meantUnseen(text);
  return !isResource(text) && hasGlob(text) && parsePattern(meant.path).ok ? meant : undefined;
}

function meantHere(text: string, { surroundings }: Pick<Naming, 'surroundings'>): Named {
  const there = surroundings.kindAt(text);
  if (there !== undefined) return { path: hasGlob(text) ? escapePath(text) : text, isFile: there === 'file' };
  const { lead, rest } = ledBy(text, (path) => surroundings.kindAt(path) === 'folder');
  const { path, isFile } = meantUnseen(rest);
  return { path: withLead({ lead, rest: path }), isFile };
}

function meantUnseen(text: string): Named {
  return { path: bothReadings(text), isFile: !hasGlob(text) && hasEnding.test(text) };
}

const hasEnding = /[^/.]\.[A-Za-z0-9]+$/;
