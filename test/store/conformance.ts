/**
 * What every store must do, whatever it keeps its records in: a list of cases over the port. A case opens as many
 * handles as it likes on one place that was empty before.
 */
import { expect } from 'vitest';
import { agentPath, claimsFolder, fencePath } from '../../src/domain/record/path.ts';
import { refuse } from '../../src/domain/refusal.ts';
import { claim } from '../../src/operations/claim.ts';
import { atOnce } from './at-once.ts';
import { agent, all, at, type Case, commitsOf, fence, firstTip, namesOf, proposal, put } from './cases.ts';
import { sessionOf } from './session-of.ts';

export const conformance: readonly Case[] = [
  {
    title: 'an empty place is an empty view, without history',
    run: async (open) => {
      const store = open();
      expect(await store.read((view) => [view.folder(claimsFolder).size, view.record(fencePath)])).toEqual([
        0,
        undefined,
      ]);
      expect(await all(store.scan(''))).toEqual([]);
      expect(await all(store.paths(''))).toEqual([]);
      expect(await all(store.history())).toEqual([]);
      expect(await firstTip(store)).toBeNull();
    },
  },
  {
    title: 'what was committed is seen by the next read, through any handle',
    run: async (open) => {
      const [store, another] = [open(), open()];
      await another.read((view) => view.folder('agents').size);
      await put(store, agent('ada'));
      for (const each of [store, another, open()]) {
        expect(await each.read((view) => view.record(agentPath('ada')))).toEqual(agent('ada').record);
        expect(await each.read((view) => [...view.folder('agents').keys()])).toEqual(['ada']);
      }
    },
  },
  {
    title: 'the edits of a transaction are one commit, whole',
    run: async (open) => {
      const store = open();
      await put(store, agent('ada'), agent('grace'), fence(1));
      expect(await commitsOf(store)).toHaveLength(1);
      expect((await all(store.paths(''))).map(([path]) => path).sort()).toEqual([
        'agents/ada',
        'agents/grace',
        'fence',
      ]);
    },
  },
  {
    title: 'a later edit replaces, and null removes',
    run: async (open) => {
      const store = open();
      await put(store, agent('ada'), agent('grace'));
      await put(store, agent('ada', 'something else'), { path: agentPath('grace'), record: null });
      const [found, ...others] = await all(store.scan('agents'));
      expect(found?.slice(0, 2)).toEqual(['agents/ada', agent('ada', 'something else').record]);
      expect(others).toEqual([]);
      await put(store, { path: agentPath('ada'), record: null });
      expect(await namesOf(open())).toEqual([]);
    },
  },
  {
    title: 'a proposal without edits commits nothing, and gives its result',
    run: async (open) => {
      const store = open();
      await put(store, fence(1));
      const tip = await firstTip(store);
      expect(await store.transact(() => proposal([], 'read only'))).toMatchObject({ ok: true, result: 'read only' });
      expect(await firstTip(store)).toBe(tip);
    },
  },
  {
    title: 'a proposal that refuses writes nothing, not even the first commit',
    run: async (open) => {
      const store = open();
      const refused = await store.transact(() => refuse('not-holder', 'No.', 'Ask again.'));
      expect(refused).toMatchObject({ ok: false, refusal: { code: 'not-holder', message: 'No.' } });
      expect(await firstTip(store)).toBeNull();
      expect(await all(store.scan(''))).toEqual([]);
    },
  },
  {
    title: 'a deciding function that throws leaves nothing, and holds nobody up',
    run: async (open) => {
      const [store, another] = [open(), open()];
      await put(store, fence(1));
      const tip = await firstTip(store);
      const thrown = new Error('a defect');
      await expect(
        store.transact((view) => {
          view.record(fencePath);
          throw thrown;
        }),
      ).rejects.toBe(thrown);
      expect(await firstTip(store)).toBe(tip);
      await put(another, agent('grace'));
      await put(store, agent('ada'));
      expect(await namesOf(store)).toEqual(['agents/ada', 'agents/grace']);
    },
  },
  {
    title: 'a decision may look into whatever it likes: its last run counts',
    run: async (open) => {
      const store = open();
      await put(store, agent('ada'), fence(7));
      let runs = 0;
      const outcome = await open().transact((view, world) => {
        runs++;
        const seen = [view.folder('agents').size, view.record(fencePath)?.kind, view.folder('waiting').size];
        return proposal([agent(world.newId().replace(/^[^A-Za-z0-9]/, 'x'))], { seen, runs, nowMs: world.nowMs });
      });
      expect(outcome).toMatchObject({ ok: true, result: { seen: [1, 'fence', 0], runs, nowMs: outcome.nowMs } });
      expect(await namesOf(store)).toHaveLength(2);
    },
  },
  {
    title: 'the same key again gets the first result, and one commit',
    run: async (open) => {
      const [ada, again] = [sessionOf(open(), 'ada'), sessionOf(open(), 'ada')];
      const input = claim.input.parse({ paths: ['a.ts'], key: 'k' });
      const both = await Promise.all([claim.run(input, ada), claim.run(input, again)]);
      const third = await claim.run(input, sessionOf(open(), 'ada'));
      expect(both[0].status).toBe('done');
      expect(both[1]).toEqual(both[0]);
      expect(third).toEqual(both[0]);
      expect((await all(ada.store.history())).filter(({ op }) => op === 'claim')).toHaveLength(1);
      const other = await claim.run(claim.input.parse({ paths: ['b.ts'], key: 'k' }), again);
      expect(other).toMatchObject({ status: 'refused', refusal: { code: 'key-reused' } });
    },
  },
  {
    title: 'history is newest first, linear, and tells what each commit was for',
    run: async (open) => {
      const store = open();
      for (const n of [1, 2, 3]) await store.transact(() => proposal([fence(n)], n, `number ${n}`));
      const entries = await all(store.history());
      expect(entries.slice(0, 3).map(({ subject }) => subject)).toEqual(['number 3', 'number 2', 'number 1']);
      expect(entries[0]).toMatchObject({
        op: 'test',
        agent: 'ada',
        ids: ['i1', 'i2'],
        paths: ['a.ts'],
        oid: await firstTip(store),
      });
      const oids = entries.map(({ oid }) => oid);
      expect(entries.flatMap(({ parents }) => parents)).toEqual(oids.slice(1));
    },
  },
  {
    title: 'changes between two tips have what was before and after, each path once',
    run: async (open) => {
      const store = open();
      await put(store, agent('ada'), agent('grace'));
      const before = await firstTip(store);
      await put(store, agent('joan'), agent('ada', 'in between'));
      await put(store, agent('ada', 'at last'), { path: agentPath('grace'), record: null });
      const after = await firstTip(store);
      const byPath = async (from: typeof before, to: typeof after) =>
        Object.fromEntries(
          (await open().changes(from, to)).map((change) => [change.path, [change.before, change.after]]),
        );
      expect(await byPath(before, after)).toEqual({
        'agents/ada': [agent('ada').record, agent('ada', 'at last').record],
        'agents/grace': [agent('grace').record, undefined],
        'agents/joan': [undefined, agent('joan').record],
      });
      expect(await byPath(after, before)).toMatchObject({ 'agents/joan': [agent('joan').record, undefined] });
      expect(await store.changes(after, after)).toEqual([]);
      expect(Object.keys(await byPath(null, before))).toEqual(expect.arrayContaining(['agents/ada', 'agents/grace']));
    },
  },
  {
    title: 'tips yields at the start and after each move, and ends when it is told to',
    run: async (open) => {
      const [store, another] = [open(), open()];
      const stop = new AbortController();
      const tips = store.tips(stop.signal)[Symbol.asyncIterator]();
      expect((await tips.next()).value).toBeNull();
      for (const n of [1, 2, 3, 4]) {
        const next = tips.next();
        await put(another, fence(n));
        expect((await next).value).toBe(await firstTip(another));
      }
      const last = tips.next();
      stop.abort();
      expect((await last).done).toBe(true);
    },
  },
  {
    title: 'many records of a folder are found by their logical path, and each can be changed',
    run: async (open) => {
      const store = open();
      const names = Array.from({ length: 400 }, (_, n) => `agent-${n}`);
      await put(store, ...names.slice(0, 300).map((name) => agent(name)));
      await put(store, ...names.slice(200).map((name) => agent(name, 'second')));
      const records = new Map((await all(open().scan('agents'))).map(([path, record]) => [path, record]));
      expect([...records.keys()].sort()).toEqual(names.map(agentPath).sort());
      for (const [n, name] of names.entries()) {
        expect(records.get(agentPath(name))).toMatchObject({ activity: n < 200 ? 'tests' : 'second' });
      }
      await put(store, ...names.map((name) => ({ path: agentPath(name), record: null })), fence(1));
      expect(await namesOf(open())).toEqual([]);
    },
  },
  {
    title: 'what was put before an agent is noted once, until it is forgotten',
    run: async (open) => {
      const store = open();
      store.journals.delivered.note('ada', ['m1', 'm2'], at);
      open().journals.delivered.note('ada', ['m2', 'm3'], '2026-01-03T00:00:00.000Z');
      expect(store.journals.delivered.pending('ada').map(({ id }) => id)).toEqual(['m1', 'm2', 'm3']);
      expect(store.journals.delivered.pending('ada')[1]).toEqual({ id: 'm2', at });
      store.journals.delivered.forget('ada', ['m1', 'm3']);
      expect(open().journals.delivered.pending('ada')).toEqual([{ id: 'm2', at }]);
      expect(store.journals.delivered.pending('grace')).toEqual([]);
    },
  },
  ...atOnce,
];
