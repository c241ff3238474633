/** `specs`: what is published, and who is told of new versions. */
import * as z from 'zod';
import { specsFolder, subscriptionsFolder } from '../domain/record/path.ts';
import { listedSpec } from '../domain/spec/present.ts';
import { subscribersOf } from '../domain/spec/subscribers.ts';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';

export const specs = defineOperation({
  name: 'specs',
  summary: 'See which specs there are.',
  effect: 'read',
  input: z.object({}),
  run: async (_input, { store }) =>
    store.read((view) => {
      const subscriptions = [...view.folder(subscriptionsFolder).values()];
      const records = [...view.folder(specsFolder).values()].filter((record) => record.kind === 'spec');
      const listed = records.map((spec) => {
        const names = subscribersOf(spec.id, subscriptions).map(({ agent }) => agent);
        return listedSpec(spec, names);
      });
      return done({ specs: listed.sort((a, b) => (a.name < b.name ? -1 : 1)) });
    }),
});
