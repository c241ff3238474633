/** `read-spec`: the text of a spec, as it is now or was in an earlier version. It makes no commit: who has read it others see with the reader's next one. */
import * as z from 'zod';
import { shownSpec } from '../domain/spec/present.ts';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';
import { noteRead, specVersions } from './spec-version.ts';

export const readSpec = defineOperation({
  name: 'read-spec',
  summary: 'Read a spec before you work by it.',
  effect: 'read',
  input: z.object({ name: z.string(), version: z.int().min(1).optional() }),
  run: async ({ name, version }, session) => {
    const found = await specVersions(name, [version], session);
    if (found.status !== 'done') return found;
    const [spec] = found.value.map(shownSpec);
    if (spec === undefined) throw new Error('a version that was asked for was not answered');
    await noteRead(spec, session);
    return done({ spec });
  },
});
