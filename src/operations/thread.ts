/** `thread`: what was said in one thread, present and past, oldest first. */
import * as z from 'zod';
import { listLimitMax } from '../domain/limits.ts';
import { type ShownMessage, shownMessage } from '../domain/message/present.ts';
import { type MessageState, stateOf } from '../domain/message/state.ts';
import { messagePath } from '../domain/record/path.ts';
import type { MessageRecord, ReceiptRecord } from '../domain/record/record.ts';
import { done, refused } from './answer.ts';
import { defineOperation } from './define.ts';
import { escalatedIds } from './escalations.ts';
import { unknownThread } from './nothing-there.ts';
import { asOwn } from './own-past.ts';
import { pastReceipts } from './past-receipts.ts';
import { saidThere } from './said-there.ts';
import { opened } from './sealed/opened.ts';
import { wholeId } from './whole-id.ts';

export const thread = defineOperation({
  name: 'thread',
  summary: 'Read a whole thread, past messages too, oldest first; any of its messages names it.',
  effect: 'read',
  input: z.object({
    id: z.string(),
    before: z.string().optional().describe('a message of it: only what was said before'),
    limit: z.number().min(1).max(listLimitMax).default(listLimitMax).describe('so many of the last messages'),
  }),
  run: async ({ id: typed, before, limit = listLimitMax }, session) => {
    const whole = await wholeId(typed, session, 'past and present');
    if (whole.status !== 'done') return whole;
    const until = before === undefined ? undefined : await wholeId(before, session, 'past and present');
    if (until !== undefined && until.status !== 'done') return until;
    const { archive } = session.store;
    const [named] = await archive.last([messagePath(whole.value)]);
    const threadId = named?.kind === 'message' ? named.thread : whole.value;
    const { messages, earlier } = await saidThere({ thread: threadId, before: until?.value, limit }, session);
    if (messages.length === 0 && before === undefined) {
      return refused(unknownThread(typed));
    }
    const receipts = await pastReceipts(messages, session);
    const { escalated, nowMs } = await session.store.read((view, nowMs) => ({ escalated: escalatedIds(view), nowMs }));
    const shown = messages.map((message, n) =>
      withState(message, receipts[n], { isEscalated: escalated.has(message.id), nowMs }),
    );
    const messagesNow = await asOwn(await opened(shown, session), messages, session);
    return done({ messages: messagesNow, earlier });
  },
});

export interface ShownInThread extends ShownMessage {
  readonly state: MessageState;
  /** By whom and when, in the order in which they did. */
  readonly receipts: Required<Pick<ReceiptRecord, 'delivered' | 'acknowledged' | 'completed'>>;
}

function withState(
  message: MessageRecord,
  receipt: ReceiptRecord | undefined,
  now: Parameters<typeof stateOf>[2],
): ShownInThread {
  const { delivered = [], acknowledged = [], completed = [] } = receipt ?? {};
  const state = stateOf(message, receipt, now);
  return { ...shownMessage(message), state, receipts: { delivered, acknowledged, completed } };
}
