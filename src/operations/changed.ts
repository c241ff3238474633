/** A commit was made: those who are subscribed to its paths are told. Writes nothing where there is nobody. */
import { escapePath } from '../domain/pattern/escape.ts';
import { qualified } from '../domain/pattern/repository.ts';
import { decideChanged } from '../domain/subscription/changed.ts';
import { act } from './act.ts';
import type { Answer } from './answer.ts';
import type { Session } from './session.ts';

/** Of a commit of thousands of files the first ones are told; the others are in the commit. */
const pathsMax = 200;

export function tellChanged(
  { paths, why }: { readonly paths: readonly string[]; readonly why?: string | undefined },
  session: Session,
): Promise<Answer<{ readonly told: readonly string[] }>> {
  const own = session.store.place.repository;
  const files = paths.slice(0, pathsMax).map((path) => qualified(escapePath(path), own));
  return act(
    session,
    (draft, context) => decideChanged(draft, { claimed: { paths: files, files }, why }, context),
    (result) => result,
  );
}
