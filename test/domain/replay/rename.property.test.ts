/** Agents that take other names in clones that part and meet again: each stays one, and gets its mail, whatever it is called. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AgentRecord } from '../../../src/domain/record/record.ts';
import { rename } from '../agent/acts.ts';
import { claim, release } from '../claim/acts.ts';
import { ack, reply, send } from '../message/acts.ts';
import type { World } from '../world.ts';
import { apart, arrive, type Clone } from './clones.ts';

const agents = ['ada', 'bob', 'cy'] as const;
const names = [...agents, 'dot', 'eve'] as const;
const who = fc.constantFrom(...agents);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('rename' as const), who, to: fc.constantFrom(...names) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('send' as const), who, to: fc.constantFrom('all', ...names) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('ack' as const, 'reply' as const), who, which: fc.nat(9) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('claim' as const, 'release' as const),
      who,
      path: fc.constantFrom('a', 'b'),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Who got which message, and what of it each has taken note of. Agents are known by their uid, which stays. */
class Model {
  readonly sent = new Map<string, ReadonlySet<string>>();
  readonly read = new Set<string>();

  unread(uid: string): string[] {
    return [...this.sent].flatMap(([id, to]) => (to.has(uid) && !this.read.has(`${id} ${uid}`) ? [id] : [])).sort();
  }
}

function records(world: World): AgentRecord[] {
  return [...world.records.values()].flatMap((record) => (record.kind === 'agent' ? [record] : []));
}

/** What the agent that began under this name is called now. */
function called(world: World, began: string): string {
  const uid = `uid-${began}`;
  const name = records(world).find((record) => record.uid === uid)?.agent ?? began;
  world.actor(name, { uid });
  return name;
}

function mail(world: World, name: string) {
  return world.unread(name).filter(({ purpose }) => purpose === 'message');
}

function run(clone: Clone, each: Step, model: Model): void {
  const name = called(clone, each.who);
  if (each.do === 'rename') rename(clone, name, each.to);
  else if (each.do === 'claim') claim(clone, name, each.path);
  else if (each.do === 'release') release(clone, name, each.path);
  else if (each.do === 'send') note(clone, send(clone, name, each.to, 'hello'), model);
  else if (each.do === 'ack' || each.do === 'reply') {
    const unread = mail(clone, name);
    const letter = unread[each.which % Math.max(unread.length, 1)]?.id ?? 'none';
    const decision = each.do === 'ack' ? ack(clone, name, letter) : reply(clone, name, 'yes', { reference: letter });
    if (!decision.ok) return;
    model.read.add(`${letter} uid-${each.who}`);
    if (each.do === 'reply') note(clone, decision as ReturnType<typeof send>, model);
  }
}

function note(clone: Clone, decision: ReturnType<typeof send>, model: Model): void {
  if (!decision.ok) return;
  const { id, to } = decision.result.message;
  const uids = to.map((name) => records(clone).find(({ agent }) => agent === name)?.uid ?? name);
  model.sent.set(id, new Set(uids));
}

function expectLaws(world: World): void {
  const uids = records(world).map(({ uid }) => uid);
  expect(new Set(uids).size).toBe(uids.length);
  const nameOf = new Map(records(world).map(({ uid, agent }) => [uid, agent]));
  const known = new Set(nameOf.values());
  for (const [path, record] of world.records) {
    const [folder, owner = ''] = path.split('/');
    if (folder === 'inbox') expect(known, path).toContain(owner);
    if (record.kind === 'claim' || record.kind === 'waiting') expect(record.agent).toBe(nameOf.get(record.uid));
    if (record.kind === 'message' && folder === 'inbox') expect(record.to, path).toContain(owner);
    if (record.kind === 'message' && folder === 'broadcast')
      expect([...known]).toEqual(expect.arrayContaining(record.to as string[]));
  }
}

test('each has one record and all the mail that was meant for it, in whatever order the clones arrive', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), fc.array(step, { maxLength: 14 }), (steps, others) => {
      const { authority, here, there } = apart(...agents);
      const model = new Model();
      for (const each of steps) run(here, each, model);
      for (const each of others) run(there, each, model);
      for (const world of [here, there]) expectLaws(world);
      arrive(authority, here.commits);
      expectLaws(authority);
      arrive(authority, there.commits);
      expectLaws(authority);
      for (const began of agents) {
        const unread = mail(authority, called(authority, began)).map(({ id }) => id);
        expect(unread.sort(), began).toEqual(model.unread(`uid-${began}`));
      }
    }),
    { numRuns: 200 },
  );
});
