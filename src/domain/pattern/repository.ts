/**
 * Paths of a repository that shares its branch with others, as records have them: `server~1f3a9c20:/src/auth.ts`. Behind
 * the tilde is the repository's id, which decides; the label before it is for people, and may change.
 *
 * Without a hub no path is written so. One that is not, on a branch that several share, is of any of them: it was claimed
 * before they did, and must not be freed by that.
 */
import { isResource } from './resource.ts';

export interface Qualified {
  /** `server~1f3a9c20`. */
  readonly key: string;
  readonly id: string;
  /** The path or pattern in that repository. */
  readonly rest: string;
}

const form = /^([a-z][a-z0-9_-]+~([0-9a-f]{8})):\/(.*)$/s;

export function splitQualified(text: string): Qualified | undefined {
  const [, key, id, rest] = form.exec(text) ?? [];
  return key === undefined || id === undefined || rest === undefined ? undefined : { key, id, rest };
}

/** The path as one of this repository; a resource is nobody's, and stays. Null: the repository is its own. */
export function qualified(path: string, key: string | null | undefined): string {
  if (!key || isResource(path) || splitQualified(path) !== undefined) return path;
  return `${key}:/${path}`;
}

/** The pattern as it is meant in the repository itself; undefined for one of another. */
export function localPattern(pattern: string, key: string | null | undefined): string | undefined {
  const split = splitQualified(pattern);
  if (split === undefined || !key) return pattern;
  return split.id === idOf(key) ? split.rest : undefined;
}

export function isKey(text: string): boolean {
  return /^[a-z][a-z0-9_-]+~[0-9a-f]{8}$/.test(text);
}

/** `1f3a9c20` of `server~1f3a9c20`. */
export function idOf(key: string): string {
  return key.slice(key.indexOf('~') + 1);
}

export function labelOf(key: string): string {
  const end = key.indexOf('~');
  return end < 0 ? key : key.slice(0, end);
}
