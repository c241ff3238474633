/** `ack`: says that one has taken note; the sender sees it. */
import * as z from 'zod';
import { IntercomError } from '../domain/failure.ts';
import { decideAcknowledge } from '../domain/message/acknowledge.ts';
import { refuse } from '../domain/refusal.ts';
import { act } from './act.ts';
import { done as acknowledged, refused } from './answer.ts';
import { defineOperation } from './define.ts';
import { acknowledgedInSecret } from './sealed/secret-mail.ts';
import { wholeId } from './whole-id.ts';

export const ack = defineOperation({
  name: 'ack',
  summary: 'Acknowledge messages that you have dealt with; they leave your inbox and their senders see it.',
  effect: 'write',
  input: z.object({
    ids: z.array(z.string()).default([]),
    all: z.boolean().default(false),
    done: z.boolean().default(false).describe('what they asked for is done; their senders are told'),
  }),
  run: async ({ ids, all, done }, session) => {
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
      (result) => ({ ...result, acknowledged: [...secret, ...result.acknowledged] }),
    );
  },
});
