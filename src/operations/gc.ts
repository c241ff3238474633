/** `gc`: takes out of the tree what is over, packs what was written, and tends the index of the past. The history keeps everything. */
import * as z from 'zod';
import type { Context } from '../domain/decision.ts';
import type { Draft } from '../domain/draft.ts';
import { expiredMailMax } from '../domain/limits.ts';
import { decideTidying } from '../domain/tidy.ts';
import { act, rehearse } from './act.ts';
import { type Answer, done } from './answer.ts';
import { defineOperation } from './define.ts';
import { settleLandings } from './landing.ts';
import type { Session } from './session.ts';

export const gc = defineOperation({
  name: 'gc',
  summary: 'Take what is over out of the tree, and pack what was written.',
  effect: 'write',
  input: z.object({ packOnly: z.boolean().default(false) }),
  run: async ({ packOnly }, session) => {
    const tidied = packOnly ? done(0) : await tidy(session);
    if (tidied.status !== 'done') return tidied;
    const report = await session.upkeep.pack();
    if (!packOnly) await session.store.archive.tend();
    return done({ removed: tidied.value, ...report });
  },
});

/** A commit that took longer than this makes the next one smaller; one that took less than half of it, larger. */
const commitMsMax = 400;
const expiredMin = 25;

/**
 * In as many commits as it takes: each is rehearsed first, so that under the write lock little is left to be read, and is as large as
 * the machine has time for, waiting for others included.
 */
async function tidy(session: Session): Promise<Answer<number>> {
  await settleLandings(session);
  let most = expiredMailMax;
  for (let removed = 0; ; ) {
    const rule = (draft: Draft, context: Context) => decideTidying(draft, { expiredMax: most }, context);
    await rehearse(session, rule, () => undefined);
    const beganMs = performance.now();
    const tidied = await act(session, rule, (result) => result);
    const tookMs = performance.now() - beganMs;
    if (tookMs > commitMsMax) most = Math.max(expiredMin, Math.floor(most / 2));
    else if (tookMs < commitMsMax / 2) most = Math.min(expiredMailMax, most * 2);
    if (tidied.status !== 'done') return tidied;
    removed += tidied.value.removed;
    if (!tidied.value.hasMore) return done(removed);
  }
}
