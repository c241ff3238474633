/** `diff-spec`: what changed between two versions of a spec. */
import * as z from 'zod';
import { shownDifference, shownSpec } from '../domain/spec/present.ts';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';
import { noteRead, specVersions } from './spec-version.ts';

export const diffSpec = defineOperation({
  name: 'diff-spec',
  summary: 'See what changed between two versions of a spec; the last change, unless you say which.',
  effect: 'read',
  input: z.object({
    name: z.string(),
    from: z.int().min(1).optional().describe('the one before, when absent'),
    to: z.int().min(1).optional().describe('the newest, when absent'),
  }),
  run: async ({ name, from, to }, session) => {
    const newer = await specVersions(name, [to], session);
    if (newer.status !== 'done') return newer;
    const version = newer.value[0]?.version ?? 1;
    const found = await specVersions(name, [from ?? Math.max(1, version - 1), version], session);
    if (found.status !== 'done') return found;
    const [before, after] = found.value.map(shownSpec);
    if (before === undefined || after === undefined) throw new Error('a version that was asked for was not answered');
    await noteRead(after, session);
    return done({ spec: after, diff: shownDifference(before, after) });
  },
});
