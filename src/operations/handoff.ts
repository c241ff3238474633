/** `handoff`: another agent holds the claims from now on, with a new token, and is told. */
import * as z from 'zod';
import { decideHandoff } from '../domain/claim/handoff.ts';
import { shownClaim } from '../domain/claim/present.ts';
import { act } from './act.ts';
import { defineOperation } from './define.ts';
import { namedReferences } from './named-paths.ts';
import { decidedUpToDate } from './outdated.ts';

export const handoff = defineOperation({
  name: 'handoff',
  summary: 'Hand your claims to another agent, without a moment in which nobody holds them.',
  effect: 'write',
  input: z.object({
    to: z.string(),
    references: z.array(z.string()).default([]).describe('ids or paths; none means all you hold'),
    why: z.string().optional(),
  }),
  run: async (input, session) => {
    const references = await namedReferences(input.references, session);
    return decidedUpToDate(session, () =>
      act(
        session,
        (draft, context) => decideHandoff(draft, { ...input, references }, context),
        ({ claims }, ...at) => ({ claims: claims.map((each) => shownClaim(each, ...at)) }),
      ),
    );
  },
});
