/** A secret room as it is under its seal. What somebody else sealed is read with care: it is data. */
import { nameIn } from '../agent/former.ts';
import type { Draft } from '../draft.ts';
import { roomPath } from '../record/path.ts';
import type { RoomRecord } from '../record/record.ts';

/** `parseRecord` is handed in: the schemas of records are much to load, and mostly there is no such room. Undefined where it is none. */
export function openedRoom(
  json: string,
  parseRecord: typeof import('../record/parse.ts').parseRecord,
): RoomRecord | undefined {
  try {
    const value = JSON.parse(json) as { id?: unknown };
    const record = parseRecord(roomPath(String(value.id)), { ok: true, value });
    return record.kind === 'room' ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Its people under the names that they have now: who takes another name cannot write it into a room that is sealed. */
export function withNamesOfNow(room: RoomRecord, draft: Pick<Draft, 'record' | 'folder'>): RoomRecord {
  const now = <T extends { readonly agent: string; readonly uid: string }>(each: T): T => {
    const agent = nameIn(draft, { name: each.agent, uid: each.uid });
    return agent === each.agent ? each : { ...each, agent };
  };
  return { ...room, members: room.members.map(now), ...(room.invited && { invited: room.invited.map(now) }) };
}
