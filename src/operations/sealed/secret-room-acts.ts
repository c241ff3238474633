/** What `room` does with a secret room. Who is invited finds the invitation in the room itself, sealed for nobody else. */
import { agentPath } from '../../domain/record/path.ts';
import type { RoomRecord } from '../../domain/record/record.ts';
import { refuse } from '../../domain/refusal.ts';
import { decideKey } from '../../domain/sealed/key.ts';
import { act } from '../act.ts';
import { type Answer, done, refused } from '../answer.ts';
import type { Session } from '../session.ts';
import { type ShownRoom, shownRooms } from '../shown-room.ts';
import { withKey } from './own-key.ts';
import { sayInSecret } from './secret-mail.ts';
import { changeSecretRoom, type SecretRoom, type SecretRule } from './secret-rooms.ts';

interface Act {
  readonly action: string;
  readonly history: boolean;
}

/** `before` is undefined where the room is made. */
export async function actInSecret(
  { action, history }: Act,
  before: SecretRoom | undefined,
  rule: SecretRule,
  session: Session,
): Promise<Answer<{ readonly room: ShownRoom }>> {
  if (history) {
    const message = 'The history of a secret room is not handed on.';
    return refused(refuse('not-there-yet', message, 'Invite without --history: who joins reads from then on.').refusal);
  }
  const keyed = await withKeyOnBranch(session);
  if (keyed.status !== 'done') return keyed;
  const changed = await changeSecretRoom(before?.room.id, rule, keyed.value);
  if (changed.status !== 'done') return changed;
  if (action === 'invite') {
    const told = await tellInvited(changed.value, before?.room, keyed.value);
    if (told.status !== 'done') return told;
  }
  return done({ room: await shownSecret(changed.value.room, session) });
}

/** In a commit of its own, under its own name: the one that changes the room names nobody. */
async function withKeyOnBranch(session: Session): Promise<Answer<Session>> {
  const keyed = await withKey(session);
  if (keyed.status !== 'done') return keyed;
  const { name, sealTo } = keyed.value.self;
  const record = await session.store.read((view) => view.record(agentPath(name)));
  if (record?.kind === 'agent' && record.sealTo === sealTo) return keyed;
  const told = await act(keyed.value, decideKey, () => undefined);
  return told.status === 'done' ? keyed : told;
}

async function tellInvited(
  now: SecretRoom,
  before: RoomRecord | undefined,
  session: Session,
): Promise<Answer<unknown>> {
  const known = new Set(before?.invited?.map(({ uid }) => uid));
  const fresh = (now.room.invited ?? []).filter(({ uid }) => !known.has(uid)).map(({ agent }) => agent);
  if (fresh.length === 0) return done(undefined);
  const { id, topic } = now.room;
  const about = topic === undefined ? '' : `It is about: ${topic}. `;
  const text = `${about}It is secret: name, topic and members too. Run git intercom room accept ${id}, or git intercom room decline ${id}.`;
  return sayInSecret(now, { subject: `${session.self.name} invites you to @${id}`, text }, session, fresh);
}

export function shownSecret(room: RoomRecord, session: Session): Promise<ShownRoom> {
  return session.store.read((view, nowMs) => shownRooms([room], view, nowMs, session)[0] as ShownRoom);
}
