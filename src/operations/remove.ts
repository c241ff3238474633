/** `remove`: takes away what coordination left in this clone. The branch stays: it is the team's history. */
import * as z from 'zod';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';

export const remove = defineOperation({
  name: 'remove',
  summary: 'Take away what init left in this clone; the branch stays.',
  effect: 'write',
  input: z.object({
    dryRun: z.boolean().default(false),
    /** Of the policy file as init wrote it: one that was changed, or that git knows, stays. */
    policy: z.object({ digest: z.string(), before: z.string().optional() }).optional(),
  }),
  run: async ({ dryRun, policy }, { store, upkeep }) => {
    const changed = await upkeep.takeDown(policy, dryRun ? 'rehearse' : 'write');
    return done({ branch: store.place.ref.replace('refs/heads/', ''), changed });
  },
});
