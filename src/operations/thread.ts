/** `thread`: what was said in one thread, oldest first. */
import * as z from 'zod';
import { type ShownMessage, shownMessage } from '../domain/message/present.ts';
import { type MessageState, stateOf } from '../domain/message/state.ts';
import { messagePath, receiptPath, threadFolder } from '../domain/record/path.ts';
import type { MessageRecord } from '../domain/record/record.ts';
import { refuse } from '../domain/refusal.ts';
import type { View } from '../domain/view.ts';
import { type Answer, done, refused } from './answer.ts';
import { defineOperation } from './define.ts';
import { escalatedIds } from './escalations.ts';
import { opened } from './sealed/opened.ts';
import { wholeId } from './whole-id.ts';

export const thread = defineOperation({
  name: 'thread',
  summary: 'Read a whole thread, oldest first; any of its messages names it.',
  effect: 'read',
  input: z.object({ id: z.string() }),
  run: async ({ id: typed }, session) => {
    const whole = await wholeId(typed, session);
    if (whole.status !== 'done') return whole;
    const id = whole.value;
    const answer = await session.store.read((view): Answer<readonly ShownInThread[]> => {
      const named = view.record(messagePath(id));
      const threadId = named?.kind === 'message' ? named.thread : id;
      const first = view.record(messagePath(threadId));
      const records = [...(first === undefined ? [] : [first]), ...view.folder(threadFolder(threadId)).values()];
      const messages = records.filter((record): record is MessageRecord => record.kind === 'message');
      if (messages.length === 0) {
        const next = 'Run git intercom search <words> to find it; threads older than the retention are in git log.';
        return refused(refuse('unknown-message', `There is no thread ${typed}.`, next, { id: typed }).refusal);
      }
      return done(messages.sort((a, b) => (a.id < b.id ? -1 : 1)).map((message) => withState(message, view)));
    });
    return answer.status === 'done' ? done({ messages: await opened(answer.value, session) }) : answer;
  },
});

export interface ShownInThread extends ShownMessage {
  readonly state: MessageState;
}

function withState(message: MessageRecord, view: View): ShownInThread {
  const receipt = view.record(receiptPath(message.id));
  const known = receipt?.kind === 'receipt' ? receipt : undefined;
  return { ...shownMessage(message), state: stateOf(message, known, escalatedIds(view).has(message.id)) };
}
