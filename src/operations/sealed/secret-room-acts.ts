/** What `room` does with a secret room. Who is invited finds the invitation in the room itself, sealed for nobody else. */
import { agentPath } from '../../domain/record/path.ts';
import type { RoomRecord } from '../../domain/record/record.ts';
import { decideKey } from '../../domain/sealed/key.ts';
import { oneLine } from '../../domain/text.ts';
import { act } from '../act.ts';
import { type Answer, done } from '../answer.ts';
import type { Session } from '../session.ts';
import { type ShownRoom, shownRooms } from '../shown-room.ts';
import { handSecretHistory } from './hand-secret-history.ts';
import { withKey } from './own-key.ts';
import { sayInSecret } from './secret-mail.ts';
import { changeSecretRoom, type SecretRoom, type SecretRule } from './secret-rooms.ts';

interface Act {
  readonly action: string;
  readonly agents: readonly string[];
  readonly history: boolean;
  readonly why?: string | undefined;
}

/** `before` is undefined where the room is made. */
export async function actInSecret(
  { action, agents, history, why }: Act,
  before: SecretRoom | undefined,
  rule: SecretRule,
  session: Session,
): Promise<Answer<{ readonly room: ShownRoom }>> {
  const keyed = await withKeyOnBranch(session);
  if (keyed.status !== 'done') return keyed;
  const changed = await changeSecretRoom(before?.room.id, rule, keyed.value);
  if (changed.status !== 'done') return changed;
  if (action === 'invite') {
    const told = await tellInvited(changed.value, before?.room, keyed.value);
    if (told.status !== 'done') return told;
    if (history) {
      const handed = await handSecretHistory(changed.value, agents, keyed.value);
      if (handed.status !== 'done') return handed;
    }
  }
  if (action === 'kick') await tellPutOut(changed.value, before?.room, why, keyed.value);
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

/** In the thread of the room, sealed for nobody else: who cannot open the room any more finds it there all the same. */
async function tellPutOut(
  now: SecretRoom,
  before: RoomRecord | undefined,
  why: string | undefined,
  session: Session,
): Promise<void> {
  const { name, uid: own } = session.self;
  const { id, members, invited = [] } = now.room;
  const uids = new Set([...members, ...invited].map(({ uid }) => uid));
  const isGone = ({ uid }: { readonly uid: string }) => !uids.has(uid) && uid !== own;
  const putOut = before?.members.filter(isGone) ?? [];
  const gone = [...putOut, ...(before?.invited?.filter(isGone) ?? [])];
  if (gone.length === 0) return;
  const because = why === undefined ? '' : `: ${oneLine(why, 200)}`;
  const said =
    putOut.length > 0
      ? { subject: `${name} put you out of @${id}${because}`, text: `You no longer get what is said in @${id}.` }
      : { subject: `${name} took back the invitation to @${id}${because}`, text: 'You can no longer accept it.' };
  const content = { ...said, isPutOut: true };
  await sayInSecret(
    now,
    content,
    session,
    gone.map(({ agent }) => agent),
  );
}

export function shownSecret(room: RoomRecord, session: Session): Promise<ShownRoom> {
  return session.store.read((view, nowMs) => shownRooms([room], view, nowMs, session)[0] as ShownRoom);
}
