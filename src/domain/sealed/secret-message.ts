/**
 * A message in a secret room: who wrote it is under the seal, too. It lies in the thread of its room and in no inbox, for an inbox
 * would name its reader, and it has no receipt.
 */
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { file } from '../message/file.ts';
import { roomKeyPath, roomPath } from '../record/path.ts';
import type { MessageRecord, RoomKeyRecord } from '../record/record.ts';
import { somebody } from '../room/secret.ts';
import { sealedWord } from './content.ts';
import { sealAgain } from './plan.ts';
import type { Seal } from './seal.ts';

/** `room` is the random id. Where a seal names no membership, it is for some of its people alone: an invitation. */
export function decideSecretMessage(
  draft: Draft,
  { room, seal }: { readonly room: string; readonly seal: Seal },
  context: Context,
): Decision<{ message: MessageRecord }> {
  const record = draft.record(roomPath(room));
  const planned = seal.plan.room;
  if (record?.kind !== 'room' || (planned !== undefined && planned.epoch !== record.epoch)) return sealAgain();
  const key = planned?.key?.id ?? seal.newKey?.id;
  const own = { agent: somebody, uid: room, at: context.now };
  if (planned !== undefined && planned.key === undefined && seal.newKey !== undefined) {
    const { id, to, sealed } = seal.newKey;
    const made: RoomKeyRecord = { v: 1, id, kind: 'roomkey', ...own, room, epoch: planned.epoch, key: id, to, sealed };
    draft.put(roomKeyPath(planned.epoch, id), made);
  }
  const id = context.newId();
  const message: MessageRecord = {
    ...{ v: 1, id, kind: 'message', ...own, to: [], audience: 'room', room, thread: room, purpose: 'message' },
    ...{ importance: 'normal', ackWanted: false, text: sealedWord },
    sealed: { ...(planned !== undefined && { epoch: planned.epoch, key }), text: seal.text },
  };
  file(draft, message);
  return {
    ok: true,
    result: { message },
    headline: { op: 'send', subject: `a message in a secret room ${sealedWord}`, ids: [id] },
  };
}
