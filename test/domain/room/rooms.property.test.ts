/** Whoever comes, goes, speaks and reads, in whatever order: each has unread what was said while it was in, and no more. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ack, sent } from '../message/acts.ts';
import { accepted, World } from '../world.ts';
import { create, join, kick, leave, membersOf } from './acts.ts';

const names = ['ada', 'bob', 'cy', 'dee'] as const;
const rooms = ['ops', 'ui'] as const;

const who = fc.constantFrom(...names);
const room = fc.constantFrom(...rooms);
const step = fc.record({
  do: fc.constantFrom('create', 'join', 'join', 'leave', 'kick', 'send', 'send', 'send', 'ack', 'ack all'),
  who,
  room,
  whom: who,
  which: fc.nat(20),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A room is a set of names, an inbox a map from messages to the room that they were said in. */
class Model {
  readonly members = new Map<string, Set<string>>();
  readonly creators = new Map<string, string>();
  readonly inboxes = new Map(names.map((name) => [name as string, new Map<string, string>()]));

  /** Whether the step is accepted. */
  take({ do: act, who, room, whom }: Step): boolean {
    const members = this.members.get(room);
    if (act === 'create') {
      if (members !== undefined) return false;
      this.members.set(room, new Set([who]));
      this.creators.set(room, who);
      return true;
    }
    if (members === undefined) return false;
    if (act === 'join') members.add(who);
    if (act === 'leave') return this.remove(room, who);
    if (act === 'kick') return this.creators.get(room) === who && this.remove(room, whom);
    return true;
  }

  said(id: string, room: string, sender: string): void {
    for (const name of this.members.get(room) ?? []) if (name !== sender) this.inboxes.get(name)?.set(id, room);
  }

  private remove(room: string, name: string): boolean {
    if (!this.members.get(room)?.delete(name)) return false;
    const inbox = this.inboxes.get(name);
    for (const [id, where] of inbox ?? []) if (where === room) inbox?.delete(id);
    return true;
  }
}

/** The notices of being put out are mail of their own. */
const unread = (world: World, name: string) =>
  world.unread(name).flatMap(({ id, purpose }) => (purpose === 'notice' ? [] : [id]));

function play(world: World, model: Model, each: Step): void {
  const { who, room, whom, which } = each;
  if (each.do === 'ack' || each.do === 'ack all') {
    const inbox = model.inboxes.get(who) as Map<string, string>;
    const ids = each.do === 'ack' ? [...inbox.keys()].slice(which % (inbox.size + 1)).slice(0, 1) : [...inbox.keys()];
    if (ids.length > 0) accepted(ack(world, who, ids));
    for (const id of ids) inbox.delete(id);
  } else if (each.do === 'send') {
    if (model.members.has(room)) model.said(sent(world, who, `@${room}`, 'hello').id, room, who);
  } else {
    const acts = { create, join, leave } as const;
    const decision =
      each.do === 'kick' ? kick(world, who, room, whom) : acts[each.do as keyof typeof acts](world, who, room);
    expect(decision.ok, JSON.stringify(each)).toBe(model.take(each));
  }
}

test('rooms do as the model of sets does', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 80, size: 'max' }), (steps) => {
      const world = new World();
      world.greet(...names);
      const model = new Model();
      for (const each of steps) {
        play(world, model, each);
        for (const name of names) {
          expect(unread(world, name)).toEqual([...(model.inboxes.get(name) ?? new Map()).keys()].sort());
        }
        for (const [room, members] of model.members) expect(membersOf(world, room)).toEqual([...members]);
      }
      const wanted = new Set([...model.inboxes.values()].flatMap((inbox) => [...inbox.keys()]));
      const kept = [...world.records.keys()].flatMap((path) => /^broadcast\/(.*)/.exec(path)?.[1] ?? []);
      expect(new Set(kept)).toEqual(wanted);
    }),
    { numRuns: 100 },
  );
});
