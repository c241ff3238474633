/** Places in the queue, decided again: a new ticket behind those who stand there, and no wait that would never end. */
import { obstacles } from '../claim/conflict.ts';
import { cycleThrough } from '../claim/cycle.ts';
import { nextNumber } from '../claim/fence.ts';
import { isPlaceOver } from '../claim/lease.ts';
import { settle } from '../claim/settle.ts';
import { claimPath, waitingFolder, waitingPath } from '../record/path.ts';
import { patternsOf } from '../record/patterns.ts';
import type { WaitingRecord } from '../record/record.ts';
import { isGivingBack } from './claims.ts';
import { editsIn, type Past } from './past.ts';
import type { Round } from './round.ts';
import { merged } from './three-way.ts';
import { refuseWait } from './withdrawal.ts';

/** Own places that were kept longer or given up; what became of others' settling decides again. */
export function replayPlaces(round: Round): void {
  const { draft, past } = round;
  for (const { path, before, after } of editsIn(waitingFolder, past)) {
    const current = draft.record(path);
    if (before?.kind !== 'waiting' || current?.kind !== 'waiting' || current.uid !== past.uid) continue;
    const { agent, ticket } = current;
    if (after?.kind === 'waiting') draft.put(path, { ...merged(before, after, current), agent, ticket });
    else if (after === undefined && isLeft(current, past)) draft.remove(path);
  }
}

/** New places, behind all who stand in line by now; where the paths are free meanwhile, they are offered at once. */
export function replayJoining(round: Round): void {
  for (const { before, after } of editsIn(waitingFolder, round.past)) {
    if (before === undefined && after?.kind === 'waiting' && after.uid === round.past.uid) join(after, round);
  }
}

/** Given up, and not offered what it waited for in the same commit. */
function isLeft({ id }: WaitingRecord, { op, edits }: Past): boolean {
  return isGivingBack(op) && !edits.some(({ path, after }) => path === claimPath(id) && after !== undefined);
}

function join(place: WaitingRecord, round: Round): void {
  const { draft, context } = round;
  const path = waitingPath(place.id);
  if (draft.record(claimPath(place.id)) !== undefined || draft.record(path) !== undefined) return;
  if (isPlaceOver(place, context)) return;
  const wanted = { ...place, patterns: patternsOf(place, draft.view.paths), ticket: Number.POSITIVE_INFINITY };
  const { rivals } = obstacles(draft, wanted, context);
  const [rival] = rivals;
  if (rival !== undefined && cycleThrough(wanted, rivals, draft, context) !== undefined) {
    refuseWait(place, rival, round);
    return;
  }
  draft.put(path, { ...place, ticket: nextNumber(draft, context).counter });
  if (rival === undefined) settle(draft, context);
}
