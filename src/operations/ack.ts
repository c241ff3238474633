/** `ack`: says that one has taken note; the sender sees it. */
import * as z from 'zod';
import { decideAcknowledge } from '../domain/message/acknowledge.ts';
import { refuse } from '../domain/refusal.ts';
import { act } from './act.ts';
import { refused } from './answer.ts';
import { defineOperation } from './define.ts';

export const ack = defineOperation({
  name: 'ack',
  summary: 'Acknowledge messages that you have dealt with; they leave your inbox and their senders see it.',
  effect: 'write',
  input: z.object({ ids: z.array(z.string()).default([]), all: z.boolean().default(false) }),
  run: async ({ ids, all }, session) => {
    if (ids.length === 0 && !all) {
      const next = 'Name the ids, or use git intercom ack --all.';
      return refused(refuse('unknown-message', 'No message was named.', next).refusal);
    }
    return act(
      session,
      (draft, context) => decideAcknowledge(draft, { references: all ? 'all' : ids }, context),
      (result) => result,
    );
  },
});
