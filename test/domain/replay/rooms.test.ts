import { describe, expect, test } from 'vitest';
import { ack, sent } from '../message/acts.ts';
import { create, invite, join, kick, leave, membersOf, roomIn, topic } from '../room/acts.ts';
import { accepted, type World } from '../world.ts';
import { apart, arrive, type Clone, cloneOf } from './clones.ts';

/** A room that both clones know, with ada, who created it, and bob in it. */
function parted(...names: readonly string[]) {
  const { authority } = apart('ada', 'bob', ...names);
  for (const name of ['ada', 'bob', ...names]) authority.actor(name, { harness: 'codex' });
  accepted(create(authority, 'ada', 'ops'));
  accepted(join(authority, 'bob', 'ops'));
  const clone = (): Clone => {
    const made = cloneOf(authority);
    for (const name of ['ada', 'bob', ...names]) made.actor(name, { harness: 'codex' });
    return made;
  };
  return { authority, here: clone(), there: clone() };
}

const texts = (world: World, name: string) => world.unread(name).map(({ text }) => text);

describe('a room that two clones made under one name', () => {
  test('is the one that came first; the other’s maker is in it, and is told', () => {
    const { authority, here, there } = apart('ada', 'bob');
    accepted(create(there, 'bob', 'ops', 'of bob'));
    accepted(create(here, 'ada', 'ops', 'of ada'));
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(roomIn(authority, 'ops')).toMatchObject({ agent: 'bob', topic: 'of bob', version: 2 });
    expect(membersOf(authority, 'ops')).toEqual(['bob', 'ada']);
    expect(authority.notices('ada')).toEqual(['@ops was there before: you are in it, and did not create it']);
  });

  test('does not obey the one who made it in its own clone alone', () => {
    const { authority, here, there } = apart('ada', 'bob', 'cy');
    for (const clone of [here, there]) for (const name of ['ada', 'bob', 'cy']) clone.actor(name, { harness: 'x' });
    accepted(create(there, 'bob', 'ops'));
    accepted(create(here, 'ada', 'ops'));
    accepted(join(here, 'cy', 'ops'));
    accepted(kick(here, 'ada', 'ops', 'cy'));
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(membersOf(authority, 'ops')).toEqual(['bob', 'ada', 'cy']);
    expect(authority.notices('ada')).toContain('cy is still in @ops');
  });
});

describe('who is in a room', () => {
  test('is decided member by member', () => {
    const { authority, here, there } = parted('cy', 'dee');
    accepted(join(there, 'cy', 'ops'));
    accepted(join(here, 'dee', 'ops'));
    accepted(leave(here, 'bob', 'ops'));
    accepted(topic(here, 'ada', 'ops', 'new'));
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(membersOf(authority, 'ops')).toEqual(['ada', 'cy', 'dee']);
    expect(roomIn(authority, 'ops').topic).toBe('new');
  });

  test('stays so when the same commits come twice', () => {
    const { authority, here } = parted('cy', 'dee');
    accepted(join(here, 'cy', 'ops'));
    accepted(invite(here, 'ada', 'ops', 'dee'));
    arrive(authority, here.commits);
    const before = roomIn(authority, 'ops');
    expect(arrive(authority, here.commits).every(({ edits }) => edits.length === 0)).toBe(true);
    expect(roomIn(authority, 'ops')).toEqual(before);
  });

  test('follows an agent to the name that it has on the authority', () => {
    const { authority, here, there } = parted();
    there.actor('fox', { uid: 'uid-first' });
    here.actor('fox', { uid: 'uid-second' });
    there.greet('fox');
    here.greet('fox');
    accepted(join(here, 'fox', 'ops'));
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(membersOf(authority, 'ops')).toEqual(['ada', 'bob', 'fox-2']);
  });
});

describe('a message to a room that was sent apart', () => {
  test('reaches who had joined before it came, and not who had left', () => {
    const { authority, here, there } = parted('cy');
    accepted(join(there, 'cy', 'ops'));
    accepted(leave(there, 'bob', 'ops'));
    const { id } = sent(here, 'ada', '@ops', 'hello');
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect([texts(authority, 'bob'), texts(authority, 'cy')]).toEqual([[], ['hello']]);
    expect(authority.message(id)?.to).toEqual(['cy']);
  });

  test('that is unread ends with a leaving that its clone had not heard of', () => {
    const { authority, here, there } = parted();
    const { id } = sent(there, 'ada', '@ops', 'hello');
    accepted(leave(here, 'bob', 'ops'));
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(authority.unread('bob')).toEqual([]);
    expect(authority.records.has(`broadcast/${id}`)).toBe(false);
  });

  test('leaves when its members have acknowledged it in different clones', () => {
    const { authority, here: first } = parted('cy');
    accepted(join(authority, 'cy', 'ops'));
    const { id } = sent(authority, 'ada', '@ops', 'hello');
    const [here, there] = [cloneOf(authority), cloneOf(authority)];
    accepted(ack(here, 'bob', id));
    accepted(ack(there, 'cy', id));
    arrive(authority, here.commits);
    expect(authority.records.has(`broadcast/${id}`)).toBe(true);
    arrive(authority, there.commits);
    expect(authority.records.has(`broadcast/${id}`)).toBe(false);
    expect(first.commits).toEqual([]);
  });
});
