/** `init`: opens coordination on a repository. Running it again changes nothing. */
import * as z from 'zod';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';

export const init = defineOperation({
  name: 'init',
  summary: 'Open coordination on this repository: the branch, the policy file and the projection.',
  effect: 'write',
  input: z.object({ dryRun: z.boolean().default(false) }),
  run: async ({ dryRun }, { store, upkeep }) => {
    const branch = store.place.ref.replace('refs/heads/', '');
    const policy = await upkeep.writePolicy(dryRun ? 'rehearse' : 'write');
    const isOpen = (await store.history()[Symbol.asyncIterator]().next()).done !== true;
    const created = dryRun ? !isOpen : (await upkeep.openBranch()).created;
    const changed = [...(policy?.changed ? [policy.path] : []), ...(created ? [store.place.ref] : [])];
    return done({ branch, remote: null, harnesses: [] as const, hooks: [] as const, changed, dryRun });
  },
});
