/**
 * What was sealed for a membership that the authority has not, or has no more. Whoever brings the commit seals it anew where
 * the keys of its author are (`src/sealing/reseal.ts`); what comes here all the same was sealed on a machine whose keys are
 * gone, or by somebody who is not in the room. It is not written, for a removed member could open it, and its
 * author is told. What was said in a secret room is written as it comes: without keys nobody can tell whose it is.
 */
import { shortId } from '../id.ts';
import { notify } from '../message/notify.ts';
import { messagePath, roomPath } from '../record/path.ts';
import type { AnyRecord, MessageRecord } from '../record/record.ts';
import { somebody } from '../room/secret.ts';
import type { Change } from '../view.ts';
import { editsIn } from './past.ts';
import type { Round } from './round.ts';

/** A key is a fact while the membership is there that it was made for; one that was handed on, always. */
export function replayRoomKeys({ draft, past }: Round): void {
  for (const { path, after } of editsIn('roomkeys', past)) {
    if (after?.kind !== 'roomkey' || draft.record(path) !== undefined) continue;
    if (
      after.agent === somebody ||
      after.key !== after.id ||
      epochOf(draft.record(roomPath(after.room))) === after.epoch
    )
      draft.put(path, after);
  }
}

/** Those that stay out of what is written. */
export function replayUnopenable(edits: readonly Change[], { draft, past, context }: Round): ReadonlySet<string> {
  const left = new Set<string>();
  for (const { path, before, after } of edits) {
    if (after?.kind !== 'message' || before !== undefined || path !== messagePath(after.id)) continue;
    if (after.sealed?.epoch === undefined || after.agent === somebody || fits(after, draft)) continue;
    left.add(after.id);
    notify(draft, context, {
      to: past.agent,
      subject: `What you said in @${after.room} was not delivered`,
      text: `Who is in @${after.room} changed on the remote before your message ${shortId(after.id)} of ${after.at} came there, and it could not be sealed anew. Send it again if you are in the room.`,
    });
  }
  return left;
}

function fits({ room, sealed }: MessageRecord, draft: Round['draft']): boolean {
  return room !== undefined && epochOf(draft.record(roomPath(room))) === sealed?.epoch;
}

function epochOf(record: AnyRecord | undefined): string | undefined {
  return record?.kind === 'room' ? record.epoch : undefined;
}
