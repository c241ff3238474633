/** `sync`: one exchange with the remote, now. */
import * as z from 'zod';
import { IntercomError } from '../domain/failure.ts';
import { refuse } from '../domain/refusal.ts';
import { done, refused } from './answer.ts';
import { defineOperation } from './define.ts';

export const sync = defineOperation({
  name: 'sync',
  summary: 'Bring what is recorded here to the remote, and what is there here.',
  effect: 'write',
  input: z.object({ inBackground: z.boolean().default(false) }),
  run: async ({ inBackground }, session) => {
    if (session.sync === undefined) {
      const { refusal } = refuse(
        'no-remote',
        'This repository shares its coordination with no remote.',
        'Run git intercom init --remote origin to share it.',
      );
      return refused(refusal);
    }
    const { batchSeconds } = session.store.policy.sync;
    const exchanged = await (inBackground ? session.sync.bringInBatch(batchSeconds) : session.sync.exchange());
    if (exchanged === undefined)
      return done({ fetched: 0, pushed: 0, confirmed: [], withdrawn: [], renamed: [], lost: [] });
    const { fetched, pushed, confirmed, withdrawn, renamed, lost, unreached } = exchanged;
    if (unreached !== undefined) {
      throw new IntercomError({
        code: 'offline',
        message: unreached.why,
        next: unreached.next,
        data: { remote: session.sync.remote, reason: unreached.status, fetched, confirmed, withdrawn },
      });
    }
    return done({ fetched, pushed, confirmed, withdrawn, renamed, lost });
  },
});
