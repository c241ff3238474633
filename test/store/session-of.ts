/** A session over a store, without a repository around it. */
import type { Session } from '../../src/operations/session.ts';
import type { Store } from '../../src/store/port.ts';

/** As much of a session as a claim needs. */
export function sessionOf(store: Store, name: string): Session {
  const self = { name, uid: `u-${name}`, host: 'here' };
  const surroundings = { kindAt: () => undefined } as unknown as Session['surroundings'];
  return {
    store,
    surroundings,
    self,
    upkeep: {} as Session['upkeep'],
    newUid: () => 'new',
    processState: () => 'unknown',
  };
}
