/** `peek`: unread mail, shown until it is acknowledged; the first look marks it delivered. */
import * as z from 'zod';
import { nameInView } from '../domain/agent/former.ts';
import { Draft } from '../domain/draft.ts';
import { isPerson } from '../domain/escalation/person.ts';
import { listLimitDefault, listLimitMax } from '../domain/limits.ts';
import { choose } from '../domain/message/choose.ts';
import { unreadOf } from '../domain/message/inbox.ts';
import { type ShownMail, shownMail } from '../domain/message/present.ts';
import { receiptPath } from '../domain/record/path.ts';
import type { MessageRecord } from '../domain/record/record.ts';
import { instantOf, msOf } from '../domain/time.ts';
import type { View } from '../domain/view.ts';
import { done, refused } from './answer.ts';
import { defineOperation } from './define.ts';
import { escalationsIn, shownEscalations } from './escalations.ts';
import { whyNothing } from './nothing-there.ts';
import { pendingIn, shownAsks } from './pending.ts';
import { opened } from './sealed/opened.ts';
import { unreadInSecret } from './sealed/secret-mail.ts';
import type { Session } from './session.ts';

export const peek = defineOperation({
  name: 'peek',
  summary: 'Read what is unread, urgent first. It stays unread until you ack or reply.',
  effect: 'write',
  input: z.object({
    limit: z.number().min(1).max(listLimitMax).default(listLimitDefault),
    from: z.string().optional(),
    thread: z.string().optional(),
    urgent: z.boolean().default(false),
    all: z.boolean().default(false).describe('also what you acknowledged already'),
    fresh: z.boolean().default(false).describe('only what was not put before you yet'),
    mark: z.boolean().default(true).describe('note that you have seen it'),
  }),
  run: async (input, session) => {
    const { store, self } = session;
    const past = input.all ? await acknowledgedMail(session) : [];
    const { mail, pendingAsks, escalations, from, nowMs } = await store.read((view, nowMs) => ({
      from: input.from === undefined ? undefined : nameInView(view, { name: input.from }),
      mail: mailOf(view, self.name, nowMs),
      pendingAsks: pendingIn(view, self.name, nowMs),
      escalations: escalationsIn(view, { name: self.name, isPerson: isPerson(self) }),
      nowMs,
    }));
    const pending = new Map(store.journals.delivered.pending(self.name).map(({ id, at }) => [id, at]));
    const secret = await unreadInSecret(session);
    const known = [...mail, ...secret, ...past].map((each) => ({
      ...each,
      delivered: each.delivered ?? pending.get(each.id) ?? null,
    }));
    const chosen = choose(input.fresh ? known.filter(({ delivered }) => delivered === null) : known, {
      ...input,
      from,
    });
    const why = chosen.length > 0 ? undefined : await whyNothing({ from, thread: input.thread }, session);
    if (why !== undefined) return refused(why);
    if (input.mark) {
      const fresh = chosen.filter(({ delivered }) => delivered === null).map(({ id }) => id);
      store.journals.delivered.note(self.name, fresh, instantOf(nowMs));
    }
    return done({
      unread: mail.length + secret.length,
      messages: await opened(chosen, session),
      pendingAsks: await shownAsks(pendingAsks, session),
      escalations: await shownEscalations(escalations, session),
    });
  },
});

function mailOf(view: View, agent: string, nowMs: number): ShownMail[] {
  return unreadOf(new Draft(view), agent)
    .filter(({ expires }) => expires === undefined || msOf(expires) > nowMs)
    .map((message) => {
      const receipt = view.record(receiptPath(message.id));
      return shownMail(message, receipt?.kind === 'receipt' ? receipt : undefined, agent);
    });
}

async function acknowledgedMail({ store, self }: Session): Promise<ShownMail[]> {
  const past: ShownMail[] = [];
  for await (const [, record] of store.scan('messages')) {
    if (record.kind !== 'message' || !record.to.includes(self.name)) continue;
    const receipt = await store.read((view) => view.record(receiptPath(record.id)));
    const shown = shownMail(record as MessageRecord, receipt?.kind === 'receipt' ? receipt : undefined, self.name);
    if (shown.acknowledged !== null) past.push(shown);
  }
  return past.sort((a, b) => (a.id < b.id ? 1 : -1));
}
