/** Who has a message, in words: of each recipient the most that it did, and when. */
import type { ReceiptRecord } from '../record/record.ts';
import { listed } from '../text.ts';
import { agoOf } from '../told.ts';
import { namesIn } from './receipt.ts';
import type { MessageState } from './state.ts';

type Marks = readonly Pick<ReceiptRecord['delivered'][number], 'agent' | 'at' | 'as'>[];

export interface ToldReceipts {
  readonly delivered: Marks;
  readonly acknowledged: Marks;
  readonly completed: Marks;
}

/** `done by ada (2m ago)`, `acknowledged by …`, `seen by …`; nothing of what nobody did. */
export function toldReceipts({ delivered, acknowledged, completed }: ToldReceipts, nowMs: number): string[] {
  const done = namesIn([...completed]);
  const heard = namesIn([...completed, ...acknowledged]);
  return [
    by('done', completed, nowMs),
    by(
      'acknowledged',
      acknowledged.filter(({ agent }) => !done.has(agent)),
      nowMs,
    ),
    by(
      'seen',
      delivered.filter(({ agent }) => !heard.has(agent)),
      nowMs,
    ),
  ].filter((part) => part !== '');
}

/** That those who have not read it will not; undefined while they may. */
export function toldOver(state: MessageState): string | undefined {
  switch (state) {
    case 'expired':
      return 'It expired.';
    case 'superseded':
      return 'It was superseded by a newer one.';
    case 'cancelled':
      return 'It was taken back.';
    case 'pending':
    case 'acknowledged':
    case 'completed':
    case 'escalated':
      return undefined;
  }
}

function by(verb: string, marks: Marks, nowMs: number): string {
  return marks.length === 0 ? '' : `${verb} by ${toldMarks(marks, nowMs, 4)}`;
}

/** `ada (2m ago), bob (now)`. */
export function toldMarks(marks: Marks, nowMs: number, countMax: number): string {
  return listed(
    marks.map(({ agent, at }) => `${agent} (${agoOf(at, nowMs)})`),
    countMax,
  );
}
