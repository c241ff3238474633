import { describe, expect, test } from 'vitest';
import type { RoomRecord } from '../../../src/domain/record/record.ts';
import { hiddenRoom } from '../../../src/domain/room/secret.ts';
import { decideSecretMessage } from '../../../src/domain/sealed/secret-message.ts';
import { send } from '../message/acts.ts';
import { accept, create, invite, join, kick, leave, membersOf, roomIn } from '../room/acts.ts';
import { createPrivate, keyed, keyNamed, readBy, rekey, sealFor, sendSealed } from '../sealed/acts.ts';
import { accepted, refusal, type World } from '../world.ts';
import { apart, arrive, type Clone, cloneOf } from './clones.ts';

/** A private room that both clones know, with all of them in it. */
function parted(...names: readonly string[]) {
  const { authority } = apart();
  const known = (world: World) => {
    for (const name of names) world.actor(name, { harness: 'codex', sealTo: keyNamed(name) });
  };
  known(authority);
  keyed(authority, ...names);
  const [maker = '', ...others] = names;
  accepted(createPrivate(authority, maker, 'nest'));
  accepted(invite(authority, maker, 'nest', ...others));
  for (const name of others) accepted(accept(authority, name, 'nest'));
  const clone = (): Clone => {
    const made = cloneOf(authority);
    known(made);
    return made;
  };
  return { authority, here: clone(), there: clone() };
}

describe('a message to a private room', () => {
  test('comes to its members where nobody came or went, with the key of its room', () => {
    const { authority, here } = parted('ada', 'bob');
    const { message } = accepted(sendSealed(here, 'ada', '@nest', 'heron'));
    arrive(authority, here.commits);
    const arrived = authority.message(message.id);
    expect(arrived).toEqual(message);
    expect(readBy(authority, keyNamed('bob'), message)).toBe('heron');
  });

  test('that was sealed for one who was put out meanwhile is not written, and its author is told', () => {
    const { authority, here, there } = parted('ada', 'bob', 'cy');
    accepted(kick(there, 'ada', 'nest', 'bob'));
    const { message } = accepted(sendSealed(here, 'cy', '@nest', 'heron'));
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(authority.message(message.id)).toBeUndefined();
    expect([...authority.records.keys()].filter((path) => path.startsWith('roomkeys/'))).toEqual([]);
    expect(authority.notices('cy')).toContain('What you said in @nest was not delivered');
    expect(authority.unread('ada').filter(({ sealed }) => sealed !== undefined)).toEqual([]);
  });

  test('is there once when the same commits come twice', () => {
    const { authority, here, there } = parted('ada', 'bob', 'cy');
    accepted(leave(here, 'bob', 'nest'));
    accepted(sendSealed(here, 'ada', '@nest', 'heron'));
    accepted(leave(there, 'cy', 'nest'));
    arrive(authority, here.commits);
    arrive(authority, there.commits);
    const before = new Map(authority.records);
    expect(arrive(authority, here.commits).every(({ edits }) => edits.length === 0)).toBe(true);
    expect(authority.records).toEqual(before);
  });
});

describe('the membership of a private room', () => {
  test('that came out as in the clone keeps the key that was made there', () => {
    const { authority, here } = parted('ada', 'bob', 'cy');
    accepted(leave(here, 'bob', 'nest'));
    const { message } = accepted(sendSealed(here, 'ada', '@nest', 'heron'));
    arrive(authority, here.commits);
    expect(roomIn(authority, 'nest').epoch).toBe(roomIn(here, 'nest').epoch);
    expect(readBy(authority, keyNamed('cy'), authority.message(message.id) ?? message)).toBe('heron');
    expect(readBy(authority, keyNamed('bob'), message)).toBeUndefined();
  });

  test('of which both clones put one out is another than either had', () => {
    const { authority, here, there } = parted('ada', 'bob', 'cy', 'dee');
    accepted(kick(here, 'ada', 'nest', 'bob'));
    accepted(leave(there, 'cy', 'nest'));
    arrive(authority, here.commits);
    arrive(authority, there.commits);
    expect(membersOf(authority, 'nest')).toEqual(['ada', 'dee']);
    const epochs = [authority, here, there].map((world) => roomIn(world, 'nest').epoch);
    expect(new Set(epochs).size).toBe(3);
  });

  test('is another after a member changed its key in a clone', () => {
    const { authority, here, there } = parted('ada', 'bob', 'cy');
    accepted(rekey(here, 'bob', 'another of bob'));
    accepted(leave(there, 'cy', 'nest'));
    arrive(authority, there.commits);
    const before = roomIn(authority, 'nest').epoch;
    arrive(authority, here.commits);
    expect(authority.agent('bob')?.sealTo).toBe(keyNamed('another of bob'));
    expect(roomIn(authority, 'nest').epoch).not.toBe(before);
  });
});

describe('two rooms of one name, of which one is private', () => {
  test.each([
    ['private', 'public'],
    ['public', 'private'],
  ])('the %s one that came first stays as it is, and the maker of the %s one is told', (first) => {
    const { authority, here, there } = apart('ada', 'bob');
    for (const world of [authority, here, there]) keyed(world, 'ada', 'bob');
    const [open, closed] = first === 'public' ? [there, here] : [here, there];
    accepted(create(open, open === there ? 'bob' : 'ada', 'nest'));
    accepted(createPrivate(closed, closed === there ? 'bob' : 'ada', 'nest'));
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(membersOf(authority, 'nest')).toEqual(['bob']);
    expect(roomIn(authority, 'nest').visibility).toBe(first);
    expect(authority.notices('ada')).toEqual(['@nest was there before, and yours is not']);
  });

  test('nothing of who made the private one goes to the public one, unless it joins that', () => {
    const { authority, here, there } = apart('ada', 'bob');
    for (const world of [authority, here, there]) keyed(world, 'ada', 'bob');
    accepted(create(there, 'bob', 'nest'));
    accepted(createPrivate(here, 'ada', 'nest'));
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(refusal(send(authority, 'ada', '@nest', 'between us')).code).toBe('must-be-sealed');
    expect(send(authority, 'bob', '@nest', 'to all')).toMatchObject({ ok: true });
    accepted(join(authority, 'ada', 'nest'));
    expect(send(authority, 'ada', '@nest', 'to all')).toMatchObject({ ok: true });
  });
});

describe('a secret room', () => {
  const hidden = (version: number, text: string) => {
    const room = { at: '2026-03-01T09:00:00.000Z', version, epoch: `e${version}` } as RoomRecord;
    return hiddenRoom('r1', room, sealFor([], text));
  };

  test('that two clones changed is as the first had it, and what was said in it is there', () => {
    const { authority } = apart('ada');
    authority.put('rooms/r1', hidden(1, 'before'));
    const [here, there] = [cloneOf(authority), cloneOf(authority)];
    for (const world of [authority, here, there]) world.actor('somebody', { uid: 'r1' });
    there.commitFile('rooms/r1', hidden(2, 'there'), 'somebody');
    here.commitFile('rooms/r1', hidden(3, 'here'), 'somebody');
    const seal = { plan: { room: { id: 'r1', epoch: 'e3', key: { id: 'k', to: keyNamed('room') } }, readers: [] } };
    const text = sealFor([keyNamed('room')], 'heron');
    const { message } = accepted(
      here.decide('somebody', (draft, context) =>
        decideSecretMessage(draft, { room: 'r1', seal: { ...seal, text } }, context),
      ),
    );
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(authority.records.get('rooms/r1')).toEqual(hidden(2, 'there'));
    expect(authority.message(message.id)).toEqual(message);
    expect([...authority.records.keys()].filter((path) => path.startsWith('inbox/'))).toEqual([]);
  });
});
