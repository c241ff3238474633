/**
 * A room of which the branch has a random id, and nothing else in the open: name, topic, members and invitations are sealed for those
 * who are in it or invited. Whoever changes it or writes to it is somebody, also in the commit.
 */
import type { RoomRecord } from '../record/record.ts';

/** No agent may be called so. */
export const somebody = 'somebody';

/** As it stands on the branch. `room` is what is under the seal. */
export function hiddenRoom(id: string, room: RoomRecord, sealed: string): RoomRecord {
  const { at, version, epoch } = room;
  return {
    v: 1,
    id,
    kind: 'room',
    agent: somebody,
    at,
    uid: id,
    visibility: 'secret',
    epoch,
    version,
    members: [],
    sealed,
  };
}

export function isHidden(record: { readonly kind: string; readonly sealed?: unknown }): boolean {
  return record.kind === 'room' && record.sealed !== undefined;
}
