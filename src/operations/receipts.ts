/** `receipts`: how a message stands, and who has had it put before them, acknowledged, completed or answered it. */
import * as z from 'zod';
import { namesIn } from '../domain/message/receipt.ts';
import { stateOf } from '../domain/message/state.ts';
import { messagePath, receiptPath } from '../domain/record/path.ts';
import type { AnyRecord } from '../domain/record/record.ts';
import { refuse } from '../domain/refusal.ts';
import { done, refused } from './answer.ts';
import { defineOperation } from './define.ts';
import { escalatedIds } from './escalations.ts';
import { pastReceipts } from './past-receipts.ts';
import type { Session } from './session.ts';
import { wholeId } from './whole-id.ts';

export const receipts = defineOperation({
  name: 'receipts',
  summary: 'See who a message reached: delivered, acknowledged, completed, and who has done nothing yet.',
  effect: 'read',
  input: z.object({ id: z.string() }),
  run: async ({ id: typed }, session) => {
    const whole = await wholeId(typed, session, 'past and present');
    if (whole.status !== 'done') return whole;
    const id = whole.value;
    const [past, pastReceipt] = await pastOf(id, session);
    return session.store.read((view, nowMs) => {
      const message = view.record(messagePath(id)) ?? past;
      if (message?.kind !== 'message') {
        const next = 'Run git intercom search <words> to find its id.';
        return refused(refuse('unknown-message', `There is no message ${typed}.`, next, { id: typed }).refusal);
      }
      const answer = message.ask?.answer;
      const answered = answer === undefined ? undefined : view.record(messagePath(answer));
      const record = pastReceipt ?? view.record(receiptPath(id));
      const receipt = record?.kind === 'receipt' ? record : undefined;
      // What lies in a local journal was put before its reader here, and is not committed yet.
      const noted = message.to.flatMap((agent) =>
        session.store.journals.delivered
          .pending(agent)
          .flatMap((each) => (each.id === id ? [{ agent, at: each.at }] : [])),
      );
      const delivered = [...(receipt?.delivered ?? [])];
      for (const each of noted) if (!delivered.some(({ agent }) => agent === each.agent)) delivered.push(each);
      const acknowledged = receipt?.acknowledged ?? [];
      const heard = namesIn([...delivered, ...acknowledged]);
      return done({
        state: stateOf(message, receipt, { isEscalated: escalatedIds(view).has(id), nowMs }),
        delivered,
        acknowledged,
        completed: receipt?.completed ?? [],
        answered: answered?.kind === 'message' ? [{ agent: answered.agent, at: answered.at, id: answered.id }] : [],
        expired: receipt?.expired ?? [],
        waiting: message.to.filter((agent) => !heard.has(agent)),
      });
    });
  },
});

/** Only of a message that left the tree is the history asked. */
async function pastOf(id: string, session: Session): Promise<readonly (AnyRecord | undefined)[]> {
  const { store } = session;
  const isPresent = await store.read((view) => view.record(messagePath(id)) !== undefined);
  if (isPresent) return [];
  const [message] = await store.archive.last([messagePath(id)]);
  return message?.kind === 'message' ? [message, ...(await pastReceipts([message], session))] : [];
}
