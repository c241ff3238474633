/** Parts of a commit that is sealed anew. */
import type { MessageRecord, RoomKeyRecord } from '../domain/record/record.ts';
import type { Change } from '../domain/view.ts';
import type { Sealing } from './port.ts';

/** Of a room whose membership has none yet: the public key, and the private one for these. */
export async function newKey(readers: readonly { readonly sealTo: string }[], sealing: Sealing) {
  const { identity, recipient } = await sealing.makePair();
  const sealed = await sealing.seal(
    identity,
    readers.map(({ sealTo }) => sealTo),
  );
  return { to: recipient, sealed };
}

export function added(path: string, after: MessageRecord | RoomKeyRecord): Change {
  return { path, before: undefined, after };
}
