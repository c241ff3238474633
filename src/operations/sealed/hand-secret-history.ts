/**
 * `room invite --history` of a secret room: its earlier keys, sealed for who is invited, by nobody. First it gets another key for what
 * comes, so that who declines has read what was said before, and nothing else.
 */
import { Draft } from '../../domain/draft.ts';
import { roomKeyPath } from '../../domain/record/path.ts';
import type { RoomKeyRecord } from '../../domain/record/record.ts';
import { accepted } from '../../domain/room/change.ts';
import { findRoom } from '../../domain/room/find.ts';
import { somebody } from '../../domain/room/secret.ts';
import { readersOf } from '../../domain/sealed/hand.ts';
import { instantOf } from '../../domain/time.ts';
import { type Answer, done, refused } from '../answer.ts';
import type { Session } from '../session.ts';
import { sealedAnew } from './hand-history.ts';
import { changeSecretRoom, type SecretRoom } from './secret-rooms.ts';

export async function handSecretHistory(
  { hidden: { id }, room: { id: name } }: SecretRoom,
  agents: readonly string[],
  session: Session,
): Promise<Answer<unknown>> {
  const planned = await session.store.read((view) => readersOf(new Draft(view), agents));
  if (!planned.ok) return refused(planned.refusal);
  const changed = await changeSecretRoom(
    name,
    (draft, { newId }) => {
      const found = findRoom(draft, name);
      if (!found.ok) return found;
      return accepted({ ...found.room, epoch: newId(), version: found.room.version + 1 }, 'room-history', '');
    },
    session,
  );
  if (changed.status !== 'done') return changed;
  const keys = await sealedAnew(id, planned.plan.readers, session);
  if (keys.length === 0) return done(undefined);
  await session.store.transact((_view, { nowMs }) => {
    const own = { v: 1, kind: 'roomkey', agent: somebody, at: instantOf(nowMs), uid: id, room: id } as const;
    const edits = keys.map((key) => {
      const record: RoomKeyRecord = { ...own, ...key };
      return { path: roomKeyPath(key.epoch, key.id), record };
    });
    const headline = { op: 'room-secret', subject: 'a secret room (sealed)', ids: [id] };
    return { ok: true, result: undefined, edits, agent: somebody, uid: id, headline };
  });
  return done(undefined);
}
