/** `gc`: takes out of the tree what is over, packs what was written, and tends the index of the past. The history keeps everything. */
import * as z from 'zod';
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

/** In as many commits as it takes: each is rehearsed first, so that under the write lock little is left to be read. */
async function tidy(session: Session): Promise<Answer<number>> {
  await settleLandings(session);
  for (let removed = 0; ; ) {
    await rehearse(session, decideTidying, () => undefined);
    const tidied = await act(session, decideTidying, (result) => result);
    if (tidied.status !== 'done') return tidied;
    removed += tidied.value.removed;
    if (!tidied.value.hasMore) return done(removed);
  }
}
