/** The room that a typed name means, with or without the `@` before it. */
import { nearest } from '../agent/name.ts';
import type { Draft } from '../draft.ts';
import { roomPath, roomsFolder } from '../record/path.ts';
import type { RoomRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { listed, oneLine } from '../text.ts';
import { isHidden } from './secret.ts';

export type Found =
  | { readonly ok: true; readonly room: RoomRecord }
  | { readonly ok: false; readonly refusal: Refusal };

export function findRoom(draft: Pick<Draft, 'record' | 'folder'>, typed: string): Found {
  const name = bareName(typed);
  // A name that is no file's would be looked for elsewhere.
  const record = /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name) ? draft.record(roomPath(name)) : undefined;
  if (record?.kind === 'room' && !isHidden(record)) return { ok: true, room: record };
  if (record?.kind === 'unreadable') {
    const message = `The record of the room ${name} cannot be read: ${record.reason}.`;
    return refuse('unknown-room', message, 'Run git intercom doctor.', { room: name, nearest: [] });
  }
  const known = [...draft.folder(roomsFolder)].filter((room) => !isHidden(room)).map(({ id }) => id);
  const near = nearest(name, known);
  const hint = near.length > 0 ? `Near: ${listed(near.map((each) => `@${each}`))}. ` : '';
  return refuse(
    'unknown-room',
    `There is no room called ${oneLine(name, 64) || '""'}.`,
    `${hint}Run git intercom room list to see the rooms, or room create to make one.`,
    { room: oneLine(name, 64), nearest: near },
  );
}

export function bareName(typed: string): string {
  return typed.startsWith('@') ? typed.slice(1) : typed;
}

export function memberOf({ members }: RoomRecord, uid: string): RoomRecord['members'][number] | undefined {
  return members.find((member) => member.uid === uid);
}
