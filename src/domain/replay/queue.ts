/** Places in the queue, decided again: a new ticket behind those who stand there, and no wait that would never end. */
import { obstacles } from '../claim/conflict.ts';
import { cycleThrough } from '../claim/cycle.ts';
import { nextNumber } from '../claim/fence.ts';
import { claimPath, waitingFolder, waitingPath } from '../record/path.ts';
import { patternsOf } from '../record/patterns.ts';
import type { WaitingRecord } from '../record/record.ts';
import { isGivingBack } from './claims.ts';
import { editsIn } from './past.ts';
import type { Round } from './round.ts';
import { merged } from './three-way.ts';
import { withdraw } from './withdrawal.ts';

/** Of the actor's own places; what became of others' settling decides again. */
export function replayQueue(round: Round): void {
  const { draft, past } = round;
  for (const { path, before, after } of editsIn(waitingFolder, past)) {
    const current = draft.record(path);
    const own = current?.kind === 'waiting' && current.uid === past.uid ? current : undefined;
    if (after?.kind === 'waiting' && after.uid === past.uid) {
      if (before === undefined && current === undefined) join(after, round);
      else if (before?.kind === 'waiting' && own !== undefined) {
        draft.put(path, { ...merged(before, after, own), agent: own.agent, ticket: own.ticket });
      }
    } else if (after === undefined && own !== undefined && isGivingBack(past.op)) draft.remove(path);
  }
}

function join(place: WaitingRecord, round: Round): void {
  const { draft, context } = round;
  if (draft.record(claimPath(place.id)) !== undefined) return;
  const wanted = { ...place, patterns: patternsOf(place, draft.view.paths), ticket: Number.POSITIVE_INFINITY };
  const { rivals } = obstacles(draft, wanted, context);
  const [rival] = rivals;
  const isEndless = rival !== undefined && cycleThrough(rivals, draft, context) !== undefined;
  if (isEndless) withdraw(place, rival, round);
  else draft.put(waitingPath(place.id), { ...place, ticket: nextNumber(draft, context).counter });
}
