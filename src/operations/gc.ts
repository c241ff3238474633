/** `gc`: takes out of the tree what is over, and packs what was written. The history keeps everything. */
import * as z from 'zod';
import { decideTidying } from '../domain/tidy.ts';
import { act } from './act.ts';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';
import { settleLandings } from './landing.ts';

export const gc = defineOperation({
  name: 'gc',
  summary: 'Take what is over out of the tree, and pack what was written.',
  effect: 'write',
  input: z.object({ packOnly: z.boolean().default(false) }),
  run: async ({ packOnly }, session) => {
    let removed = 0;
    if (!packOnly) {
      await settleLandings(session);
      const tidied = await act(session, decideTidying, (result) => result);
      if (tidied.status !== 'done') return tidied;
      removed = tidied.value.removed;
    }
    return done({ removed, ...(await session.upkeep.pack()) });
  },
});
