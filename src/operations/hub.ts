/** What a session knows of the other repositories of its hub. Without a hub all of this changes nothing. */
import { IntercomError } from '../domain/failure.ts';
import { readableText, readableValue } from '../domain/hub/readable.ts';
import { namesUnknown, repositoriesIn, typedPath } from '../domain/hub/repositories.ts';
import type { Session } from './session.ts';

interface InPlace {
  readonly store: Pick<Session['store'], 'place' | 'read'>;
  readonly sync?: Session['sync'] | undefined;
}

/** The keys of all that are known, this one included; none without a hub. */
export async function repositoriesOf({ store }: InPlace): Promise<readonly string[]> {
  const own = store.place.repository;
  return own ? store.read((view) => repositoriesIn(view, own)) : [];
}

/**
 * Typed paths with those of other repositories as records have them; plain ones stay as they are. Throws IntercomError
 * (`usage`) for a repository that nobody knows, or a name that several have.
 */
export async function typedPaths(typed: readonly string[], session: InPlace): Promise<readonly string[]> {
  if (!session.store.place.repository || !typed.some((text) => text.includes(':'))) return typed;
  let repositories = await repositoriesOf(session);
  if (typed.some((text) => namesUnknown(text, repositories))) {
    // Another repository may have joined since, and its name must not be taken for a resource's.
    await session.sync?.exchange();
    repositories = await repositoriesOf(session);
  }
  return typed.map((text) => {
    const meant = typedPath(text, repositories);
    if (meant.ok) return meant.path;
    const { message, next, data } = meant.refusal;
    throw new IntercomError({ code: 'usage', message, next, data });
  });
}

/** How what comes from records reads here: own paths plain, those of others with the name of their repository. */
export type Reading = <T>(value: T) => T;

export async function readingHere(session: InPlace): Promise<Reading> {
  const own = session.store.place.repository;
  if (!own) return (value) => value;
  const repositories = await repositoriesOf(session);
  return (value) => readableValue(value, (text) => readableText(text, own, repositories));
}
