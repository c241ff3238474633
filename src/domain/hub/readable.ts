/**
 * Texts and answers as they read in one of the repositories: its own paths plain, those of others `server:src/auth.ts`. A
 * text that is nothing but a key is a repository's name.
 */
import { idOf, isKey, labelOf } from '../pattern/repository.ts';

const qualifiedInText = /(?<![A-Za-z0-9_~-])([a-z][a-z0-9_-]+~([0-9a-f]{8})):\/(\.\/)?/g;

/** A label that several have would not be understood when it is typed again: these are shown by their keys. */
export function readableText(text: string, own: string, repositories: readonly string[]): string {
  if (isKey(text)) return shownRepository(text, repositories);
  if (!text.includes(':/')) return text;
  return text.replace(qualifiedInText, (_found, key: string, id: string, dot: string | undefined) => {
    if (id === idOf(own)) return dot ?? '';
    return `${shownRepository(key, repositories)}:`;
  });
}

/** `server` of `server~1f3a9c20`, unless others are called so, too. */
export function shownRepository(key: string, repositories: readonly string[]): string {
  const isShared = repositories.some((other) => labelOf(other) === labelOf(key) && idOf(other) !== idOf(key));
  return isShared ? key : labelOf(key);
}

/** All texts in plain data, however deep; keys of objects stay. */
export function readableValue<T>(value: T, read: (text: string) => string): T {
  if (typeof value === 'string') return read(value) as T;
  if (Array.isArray(value)) return value.map((each) => readableValue(each, read)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, readableValue(each, read)])) as T;
}
