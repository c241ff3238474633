/** Paths as an agent typed them, held against what stands in the work tree. */
import { escapePath } from '../domain/pattern/escape.ts';
import type { Claimed } from '../domain/record/patterns.ts';
import type { Session } from './session.ts';

/**
 * A path that exists is meant literally: `src/[id]/page.tsx` is a file of some frameworks, and no class of characters.
 * A path is a file when a file stands there, and also when nothing does and its name has an ending: `src/new.ts` is
 * about to become one. Of other paths nobody knows yet, so they hold what is below them.
 */
export function namedPaths(typed: readonly string[], { surroundings }: Pick<Session, 'surroundings'>): Claimed {
  const named = typed.map((text) => {
    const there = surroundings.kindAt(text);
    const path = there !== undefined && hasGlob(text) ? escapePath(text) : text;
    const isFile = there === 'file' || (there === undefined && !hasGlob(text) && hasEnding.test(text));
    return { path, isFile };
  });
  return {
    paths: named.map(({ path }) => path),
    files: named.filter(({ isFile }) => isFile).map(({ path }) => path),
  };
}

const hasEnding = /[^/.]\.[A-Za-z0-9]+$/;

function hasGlob(text: string): boolean {
  return /[[\]{}*?\\]/.test(text);
}
