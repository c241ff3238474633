/** `room invite --history`: the earlier keys of a private room, opened here and sealed for who is invited. */
import { Draft } from '../../domain/draft.ts';
import { handedKeysMax } from '../../domain/limits.ts';
import type { RoomKeyRecord } from '../../domain/record/record.ts';
import { decideHandKeys, type Handing, readersOf } from '../../domain/sealed/hand.ts';
import { act } from '../act.ts';
import { type Answer, done, refused } from '../answer.ts';
import type { Session } from '../session.ts';
import { Opener } from './opened.ts';
import { withKey } from './own-key.ts';

/** As many as a room has; of a very old one the latest. Some milliseconds each. */
export async function handHistory(room: string, agents: readonly string[], session: Session): Promise<Answer<unknown>> {
  const keyed = await withKey(session);
  if (keyed.status !== 'done') return keyed;
  const planned = await session.store.read((view) => readersOf(new Draft(view), agents));
  if (!planned.ok) return refused(planned.refusal);
  const { readers } = planned.plan;
  const keys = await sealedAnew(room, readers, keyed.value);
  if (keys.length === 0) return done(undefined);
  return act(
    keyed.value,
    (draft, context) => decideHandKeys(draft, { room, readers, keys }, context),
    () => undefined,
  );
}

/** Of a room, by the id that the branch has: what the agent can open of its keys, sealed for these. */
export async function sealedAnew(
  room: string,
  readers: Handing['readers'],
  session: Session,
): Promise<readonly Handing['keys'][number][]> {
  const opener = await Opener.of(session);
  const keys: Handing['keys'][number][] = [];
  for (const { epoch, key, to } of await keysOf(room, session)) {
    const identity = await opener.roomKey(epoch, key);
    if (identity === undefined) continue;
    const recipients = readers.map(({ sealTo }) => sealTo);
    keys.push({ id: session.newId(), epoch, key, to, sealed: await session.sealing.seal(identity, recipients) });
  }
  return keys;
}

/** Those that were made for it, the oldest first; `room` is the id that the branch has. */
async function keysOf(room: string, { store }: Session): Promise<readonly RoomKeyRecord[]> {
  const found: RoomKeyRecord[] = [];
  for await (const [, record] of store.scan('roomkeys')) {
    if (record.kind === 'roomkey' && record.room === room && record.key === record.id) found.push(record);
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(-handedKeysMax);
}
