/** What every store must do with decisions that come at once: between handles, and of one handle, where they wait together. */
import { expect } from 'vitest';
import { agentPath, fencePath } from '../../src/domain/record/path.ts';
import { refuse } from '../../src/domain/refusal.ts';
import type { Store } from '../../src/store/port.ts';
import { agent, type Case, commitsOf, fence, namesOf, proposal, put } from './cases.ts';

export const atOnce: readonly Case[] = [
  {
    title: 'no update is lost between handles that decide at once',
    run: async (open) => {
      const stores = [open(), open(), open()];
      const increment = (store: Store) =>
        store.transact((view) => {
          const known = view.record(fencePath);
          const counter = (known?.kind === 'fence' ? known.counter : 0) + 1;
          return proposal([fence(counter)], counter);
        });
      const outcomes = await Promise.all(stores.flatMap((store) => [1, 2, 3, 4, 5].map(() => increment(store))));
      const counters = outcomes.map((outcome) => (outcome.ok ? outcome.result : 0)).sort((a, b) => a - b);
      expect(counters).toEqual(Array.from({ length: 15 }, (_, n) => n + 1));
      expect(await commitsOf(open())).toHaveLength(15);
    },
  },
  {
    title: 'of those that wait together each sees what the ones before it recorded, and has a commit of its own',
    run: async (open) => {
      const store = open();
      const namesThen = (name: string) =>
        store.transact((view) => proposal([agent(name)], [...view.folder('agents').keys()].sort(), name));
      const outcomes = await Promise.all(['ada', 'grace', 'joan'].map(namesThen));
      expect(outcomes.map((outcome) => outcome.ok && outcome.result)).toEqual([[], ['ada'], ['ada', 'grace']]);
      expect(await commitsOf(open())).toEqual(['joan', 'grace', 'ada']);
      expect(await namesOf(open())).toEqual(['agents/ada', 'agents/grace', 'agents/joan']);
    },
  },
  {
    title: 'one that throws, refuses or records nothing leaves the others that wait with it as they were',
    run: async (open) => {
      const store = open();
      const thrown = new Error('a defect');
      const outcomes = await Promise.allSettled([
        put(store, agent('ada')),
        store.transact(() => {
          throw thrown;
        }),
        store.transact(() => refuse('not-holder', 'No.', 'Ask again.')),
        store.transact((view) => proposal([], view.folder('agents').size)),
        put(store, { path: agentPath('ada'), record: null }, agent('grace')),
        store.transact(() => proposal([], 'last')),
      ]);
      expect(outcomes).toMatchObject([
        { value: { ok: true } },
        { reason: thrown },
        { value: { ok: false, refusal: { code: 'not-holder' } } },
        { value: { ok: true, result: 1 } },
        { value: { ok: true } },
        { value: { ok: true, result: 'last' } },
      ]);
      expect(await namesOf(store)).toEqual(['agents/grace']);
      expect(await commitsOf(open())).toHaveLength(2);
    },
  },
];
