/** `release`: gives claims back, or takes them from another by force with a reason. */
import * as z from 'zod';
import { shownClaim, shownWaiting } from '../domain/claim/present.ts';
import { decideRelease } from '../domain/claim/release.ts';
import { IntercomError } from '../domain/failure.ts';
import type { ClaimRecord } from '../domain/record/record.ts';
import { refuse } from '../domain/refusal.ts';
import { act, rehearse } from './act.ts';
import { refused } from './answer.ts';
import { defineOperation } from './define.ts';
import { unmergedOf } from './landing.ts';
import { namedReferences } from './named-paths.ts';
import type { Session } from './session.ts';

export const release = defineOperation({
  name: 'release',
  summary: 'Give claims back when you are done; whoever waits for them is next.',
  effect: 'write',
  input: z.object({
    references: z.array(z.string()).default([]).describe('ids, paths or patterns'),
    all: z.boolean().default(false),
    force: z.boolean().default(false).describe('also what others hold; tells them, and needs a reason'),
    why: z.string().optional(),
  }),
  run: async (input, session) => {
    if (input.all && input.references.length > 0) {
      const next = 'Name just what you mean, or run git intercom release --all.';
      throw new IntercomError({
        code: 'usage',
        message: 'release got both all and names: nothing was released.',
        next,
      });
    }
    const why = input.why?.trim();
    if (input.force && !why) {
      const next = 'Do the same again with why: the holder is shown it, and the history keeps it.';
      return refused(refuse('no-text', 'To take a claim by force wants a reason, and none was given.', next).refusal);
    }
    const references = await namedReferences(input.references, session);
    const unmerged = await unmergedOf(await claimsMeant(references, input, session), session);
    return act(
      session,
      (draft, context) => {
        const evidence = [...context.evidence].map(
          ([id, { process, changes }]) => `${id}: process ${process}, changes ${changes}`,
        );
        const force =
          why && input.force ? { why, evidence: evidence.join('; ') || 'none of the leases is over' } : undefined;
        return decideRelease(draft, { references, all: input.all, force, unmerged }, context);
      },
      ({ claims, left }, ...at) => ({
        claims: claims.map((each) => shownClaim(each, ...at)),
        ...(left.length > 0 && { left: left.map(shownWaiting) }),
      }),
    );
  },
});

/** As it would be released now, with the paths that are meant. What is taken by force is another's to finish. */
async function claimsMeant(
  references: readonly string[],
  { all, force }: { readonly all: boolean; readonly force: boolean },
  session: Session,
): Promise<readonly ClaimRecord[]> {
  if (force || !session.store.policy.landing) return [];
  const answer = await rehearse(
    session,
    (draft, context) => decideRelease(draft, { references, all }, context),
    ({ claims }) => claims,
  );
  return answer.status === 'done' ? answer.value : [];
}
