/** `renew`: begins the lease of one's claims anew. */
import * as z from 'zod';
import { shownClaim } from '../domain/claim/present.ts';
import { decideRenew } from '../domain/claim/renew.ts';
import { act } from './act.ts';
import { defineOperation } from './define.ts';
import { namedReferences } from './named-paths.ts';

export const renew = defineOperation({
  name: 'renew',
  summary: 'Begin the lease of your claims anew; with ids or paths, of those only.',
  effect: 'write',
  input: z.object({
    references: z.array(z.string()).default([]).describe('ids or paths'),
    leaseSeconds: z.number().min(1).optional(),
  }),
  run: async (input, session) => {
    const references = await namedReferences(input.references, session);
    return act(
      session,
      (draft, context) => decideRenew(draft, { ...input, references }, context),
      ({ claims }, ...at) => ({ claims: claims.map((each) => shownClaim(each, ...at)) }),
    );
  },
});
