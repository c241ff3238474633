/** Names as the session may be shown them, looked up apart from what they stand beside. */
import { type Names, namesFor } from '../domain/agent/visibility.ts';
import { IntercomError } from '../domain/failure.ts';
import type { Session } from './session.ts';

/** An agent's record that is damaged stops nobody from seeing claims: then names are shown as they are. */
export async function namesOf(wanted: Iterable<string>, { store, self }: Session): Promise<Names> {
  const unique = [...new Set(wanted)];
  try {
    const shown = await store.read((view) => new Map(unique.map((name) => [name, namesFor(view, self.name)(name)])));
    return (name) => shown.get(name) ?? name;
  } catch (cause) {
    if (!(cause instanceof IntercomError) || cause.code !== 'damaged') throw cause;
    return (name) => name;
  }
}
