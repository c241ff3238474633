/** `spec-versions`: each version of a spec, with who published it and why, and who has read which. */
import * as z from 'zod';
import { namesFor } from '../domain/agent/visibility.ts';
import { agentsFolder, specPath } from '../domain/record/path.ts';
import { type PublishedSpec, publishedSpec } from '../domain/spec/present.ts';
import { readersOf, type SpecReader } from '../domain/spec/readers.ts';
import { type Answer, done } from './answer.ts';
import { defineOperation } from './define.ts';
import { presentSpec } from './spec-version.ts';

/** Newest first; in a shallow clone as far as its history goes. */
export interface SpecVersions {
  readonly versions: readonly PublishedSpec[];
  readonly readers: readonly SpecReader[];
}

export const specVersionsOf = defineOperation({
  name: 'spec-versions',
  summary: 'See all versions of a spec, and who has read which.',
  effect: 'read',
  input: z.object({ name: z.string() }),
  run: async ({ name }, session): Promise<Answer<SpecVersions>> => {
    const { store, self } = session;
    const present = await presentSpec(name, session);
    if (present.status !== 'done') return present;
    const found = new Map([[present.value.version, publishedSpec(present.value)]]);
    for await (const record of store.past(specPath(name))) {
      // One that was published in two clones at once has another number since.
      if (record.kind === 'spec' && !found.has(record.version)) found.set(record.version, publishedSpec(record));
      if (record.kind === 'spec' && record.version === 1) break;
    }
    const readers = await store.read((view) =>
      readersOf(name, view.folder(agentsFolder).values(), namesFor(view, self.name)),
    );
    return done({ versions: [...found.values()].sort((a, b) => b.version - a.version), readers });
  },
});
