/** Making a room: whoever makes it is its first member, and may put others out of it. */
import { whyNoName } from '../agent/name.ts';
import { register } from '../agent/register.ts';
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { roomTopicCharsMax } from '../limits.ts';
import { roomPath, roomsFolder } from '../record/path.ts';
import type { RoomRecord } from '../record/record.ts';
import { refuse } from '../refusal.ts';
import { noKey } from '../sealed/plan.ts';
import { oneLine } from '../text.ts';
import { bareName } from './find.ts';

export interface Roomed {
  readonly room: RoomRecord;
}

export interface CreateRoomIntent {
  readonly room: string;
  readonly topic?: string | undefined;
  readonly visibility: 'public' | 'private' | 'secret';
}

/** Two rooms whose names differ in the case of their letters alone would be one room to their readers. */
export function decideCreateRoom(draft: Draft, intent: CreateRoomIntent, context: Context): Decision<Roomed> {
  const { actor, now } = context;
  const name = bareName(intent.room);
  if (intent.visibility !== 'public' && actor.sealTo === undefined) return noKey([actor.name]);
  const flaw = whyNoName(name);
  if (flaw !== undefined) {
    const message = `${JSON.stringify(oneLine(intent.room, 80))} cannot name a room: ${flaw}.`;
    return refuse('bad-name', message, 'Choose a name such as ops or release-2.', { room: oneLine(name, 80) });
  }
  const refusal = register(draft, context);
  if (refusal !== undefined) return { ok: false, refusal };
  const taken = [...draft.folder(roomsFolder)].find(({ id }) => id.toLowerCase() === name.toLowerCase());
  if (taken !== undefined || draft.record(roomPath(name)) !== undefined) {
    const by = taken === undefined ? '' : `, created by ${taken.agent}`;
    const id = taken?.id ?? name;
    return refuse('name-taken', `There is a room called ${id} already${by}.`, `Run git intercom room join ${id}.`, {
      name: id,
      by: taken?.agent ?? null,
    });
  }
  const room: RoomRecord = {
    v: 1,
    id: name,
    kind: 'room',
    agent: actor.name,
    at: now,
    uid: actor.uid,
    topic: intent.topic === undefined ? undefined : oneLine(intent.topic, roomTopicCharsMax) || undefined,
    visibility: intent.visibility,
    epoch: intent.visibility === 'public' ? undefined : context.newId(),
    version: 1,
    members: [{ agent: actor.name, uid: actor.uid, since: now }],
  };
  draft.put(roomPath(name), room);
  const topic = room.topic === undefined ? '' : `: ${oneLine(room.topic, 80)}`;
  return {
    ok: true,
    result: { room },
    headline: { op: 'room-create', subject: `room @${name} created by ${actor.name}${topic}`, ids: [name] },
  };
}
