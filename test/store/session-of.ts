/** A session over a store, without a repository around it. */
import { randomBytes } from 'node:crypto';
import { formatId } from '../../src/domain/id.ts';
import type { Session } from '../../src/operations/session.ts';
import type { Store } from '../../src/store/port.ts';

/** As much of a session as a claim needs. */
export function sessionOf(store: Store, name: string): Session {
  const self = { name, uid: `u-${name}`, host: 'here' };
  const surroundings = {
    kindAt: () => undefined,
    throughLinks: (path: string) => [path],
    landingStates: async () => [],
  } as unknown as Session['surroundings'];
  return {
    store,
    surroundings,
    self,
    upkeep: {} as Session['upkeep'],
    sync: undefined,
    sealing: {} as Session['sealing'],
    newUid: () => 'new',
    givenAs: (given) => ({ name: given, uid: undefined, home: null, host: 'here', repository: undefined }),
    newId: () => formatId(Date.now(), randomBytes(7)),
    tellOutside: async () => undefined,
    findSecrets: async () => [],
    processState: () => 'unknown',
  };
}
