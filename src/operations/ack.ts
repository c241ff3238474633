/** `ack`: says that one has taken note; the sender sees it. */
import * as z from 'zod';
import { IntercomError } from '../domain/failure.ts';
import { listLimitMax } from '../domain/limits.ts';
import { type Acknowledged, decideAcknowledge } from '../domain/message/acknowledge.ts';
import { refuse } from '../domain/refusal.ts';
import { act } from './act.ts';
import { type Answer, done as acknowledged, refused } from './answer.ts';
import { defineOperation } from './define.ts';
import { peek } from './peek.ts';
import { acknowledgedInSecret } from './sealed/secret-mail.ts';
import type { Session } from './session.ts';
import { wholeId } from './whole-id.ts';

export const ack = defineOperation({
  name: 'ack',
  summary: 'Acknowledge messages that you have dealt with; they leave your inbox and their senders see it.',
  effect: 'write',
  input: z.object({
    ids: z.array(z.string()).default([]),
    all: z.boolean().default(false),
    seen: z.boolean().default(false).describe('with all: only what was put before you'),
    done: z.boolean().default(false).describe('what they asked for is done; their senders are told'),
  }),
  run: async ({ seen, ...wanted }, session): Promise<Answer<Acknowledging>> => {
    if (!seen || !wanted.all || wanted.ids.length > 0) return acknowledge(wanted, session);
    const { ids, unseen } = await shownMail(session);
    const rest = unseen > 0 ? { unseen } : {};
    if (ids.length === 0) return acknowledged({ acknowledged: [], ...rest });
    const answer = await acknowledge({ ...wanted, ids, all: false }, session);
    return answer.status === 'done' ? acknowledged({ ...answer.value, ...rest }) : answer;
  },
});

export interface Acknowledging extends Acknowledged {
  /** So many stay unread, for nobody put them before the agent; there when there are some, and only what was seen is meant. */
  readonly unseen?: number;
}

interface Wanted {
  readonly ids: readonly string[];
  readonly all: boolean;
  readonly done: boolean;
}

async function acknowledge({ ids, all, done }: Wanted, session: Session): Promise<Answer<Acknowledged>> {
  if (ids.length > 0 && all) {
    const next = 'Name just what you mean, or run git intercom ack --all.';
    throw new IntercomError({ code: 'usage', message: 'ack got both all and ids: nothing was acknowledged.', next });
  }
  if (ids.length === 0 && !all) {
    const next = 'Name the ids, or use git intercom ack --all.';
    return refused(refuse('unknown-message', 'No message was named.', next).refusal);
  }
  const references: string[] = [];
  for (const typed of done ? ids : []) {
    // What is done may have been acknowledged long ago: an ending of its id is looked for everywhere.
    const whole = await wholeId(typed, session);
    if (whole.status !== 'done') return whole;
    references.push(whole.value);
  }
  const { secret, others } = await acknowledgedInSecret(all ? 'all' : done ? references : ids, session);
  if (secret.length > 0 && others.length === 0) {
    return acknowledged(done ? { acknowledged: secret, completed: secret } : { acknowledged: secret });
  }
  return act(
    session,
    (draft, context) => decideAcknowledge(draft, { references: others, done }, context),
    ({ acknowledged, completed }) => ({
      acknowledged: [...secret, ...acknowledged],
      ...(completed && { completed: [...secret, ...completed] }),
    }),
  );
}

/** What came between a look and this is not among it, and neither is what did not fit on the page. */
async function shownMail(session: Session): Promise<{ readonly ids: readonly string[]; readonly unseen: number }> {
  const answer = await peek.run(peek.input.parse({ limit: listLimitMax, mark: false }), session);
  if (answer.status !== 'done') return { ids: [], unseen: 0 };
  const { unread, messages } = answer.value;
  const ids = messages.filter(({ delivered }) => delivered !== null).map(({ id }) => id);
  return { ids, unseen: unread - ids.length };
}
