/** Who acts, and on what: handed to every operation. */
import type { Actor } from '../domain/decision.ts';
import type { Store, Surroundings, Upkeep } from '../store/port.ts';

export interface Session {
  readonly store: Store;
  readonly surroundings: Surroundings;
  readonly upkeep: Upkeep;
  /** The uid is known when a harness or a person brings one; else it is that of the name's record, or a new one. */
  readonly self: Omit<Actor, 'uid'> & { readonly uid: string | undefined };
  readonly newUid: () => string;
  readonly processState: (process: NonNullable<Actor['process']>) => 'alive' | 'dead' | 'unknown';
}
