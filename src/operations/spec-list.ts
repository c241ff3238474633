/** `specs`: what is published, and who is told of new versions. */
import * as z from 'zod';
import { namesFor } from '../domain/agent/visibility.ts';
import { agentsFolder, specsFolder, subscriptionsFolder } from '../domain/record/path.ts';
import { type ListedSpec, publishedSpec } from '../domain/spec/present.ts';
import { readersOf } from '../domain/spec/readers.ts';
import { subscribersOf } from '../domain/spec/subscribers.ts';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';

export const specs = defineOperation({
  name: 'specs',
  summary: 'See which specs there are.',
  effect: 'read',
  input: z.object({}),
  run: async (_input, { store, self }) =>
    store.read((view) => {
      const subscriptions = [...view.folder(subscriptionsFolder).values()];
      const records = [...view.folder(specsFolder).values()].filter((record) => record.kind === 'spec');
      const listed = records.map((spec) => {
        const names = subscribersOf(spec.id, subscriptions).map(({ agent }) => agent);
        const agents = view.folder(agentsFolder).values();
        const readers = readersOf(spec.id, agents, namesFor(view, self.name));
        const listed: ListedSpec = { ...publishedSpec(spec), subscribers: names, readers };
        return listed;
      });
      return done({ specs: listed.sort((a, b) => (a.name < b.name ? -1 : 1)) });
    }),
});
