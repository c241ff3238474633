/** The sealed part of a message: made before the decision, and taken only where it fits what the branch says now. */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { roomKeyPath } from '../record/path.ts';
import type { MessageRecord, RoomKeyRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { findRoom, memberOf } from '../room/find.ts';
import { isRoomAddress } from '../room/recipients.ts';
import { isSamePlan, type Plan, planFor, sealAgain } from './plan.ts';

export interface Seal {
  /** For whom it was sealed. */
  readonly plan: Plan;
  /** An age file. */
  readonly text: string;
  /** Of a room whose membership had no key yet. */
  readonly newKey?: (Pick<RoomKeyRecord, 'to' | 'sealed'> & { readonly id: string }) | undefined;
}

/** `to-come`: a rehearsal, which tells for whom to seal. */
export type Sealing = Seal | 'to-come';

type Sealed =
  | { readonly ok: true; readonly sealed: MessageRecord['sealed'] }
  | { readonly ok: false; readonly refusal: Refusal };

/** What goes to a private room, or answers what was sealed, is not taken open. */
export function whyNotOpen(
  draft: Draft,
  {
    to,
    sealed,
    mustSeal,
  }: { readonly to: readonly string[]; readonly sealed?: Sealing | undefined; readonly mustSeal?: boolean | undefined },
  context: Context,
): Refusal | undefined {
  if (
    sealed !== undefined ||
    (mustSeal !== true && !to.some((each) => isRoomAddress(each) && isOwnSealedRoom(draft, each, context)))
  )
    return undefined;
  const message = 'This would stand in the open, and what it belongs to is sealed.';
  return refuse('must-be-sealed', message, 'Run git intercom send, which seals it.').refusal;
}

/** Writes the new key of a room, if there is one. */
export function sealedFor(
  draft: Draft,
  to: { readonly names: readonly string[]; readonly room?: string | undefined },
  { sealed, replyTo }: { readonly sealed?: Sealing | undefined; readonly replyTo?: string | undefined },
  context: Context,
): Sealed {
  if (sealed === undefined) return { ok: true, sealed: undefined };
  const planned = planFor(draft, { ...to, replyTo }, context);
  if (!planned.ok) return planned;
  if (sealed === 'to-come') return { ok: true, sealed: undefined };
  if (!isSamePlan(planned.plan, sealed.plan)) return sealAgain();
  const { room } = planned.plan;
  if (room === undefined) return { ok: true, sealed: { text: sealed.text } };
  const key = room.key?.id ?? sealed.newKey?.id;
  if (key === undefined) return sealAgain();
  if (room.key === undefined && sealed.newKey !== undefined)
    putKey(draft, { ...sealed.newKey, epoch: room.epoch, room: room.id }, context);
  return { ok: true, sealed: { epoch: room.epoch, key, text: sealed.text } };
}

interface NewKey extends Pick<RoomKeyRecord, 'to' | 'sealed'> {
  readonly id: string;
  readonly epoch: string;
  readonly room: string;
}

function putKey(draft: Draft, { id, epoch, room, to, sealed }: NewKey, context: Context): void {
  const { name: agent, uid } = context.actor;
  const record: RoomKeyRecord = {
    v: 1,
    id,
    kind: 'roomkey',
    agent,
    at: context.now,
    uid,
    room,
    epoch,
    key: id,
    to,
    sealed,
  };
  draft.put(roomKeyPath(epoch, id), record);
}

/** Whoever is not in it is refused for that. */
function isOwnSealedRoom(draft: Draft, address: string, { actor }: Context): boolean {
  const found = findRoom(draft, address);
  return found.ok && found.room.visibility !== 'public' && memberOf(found.room, actor.uid) !== undefined;
}
