import { describe, expect, test } from 'vitest';
import { decideStatus } from '../../../src/domain/agent/status.ts';
import { rename } from '../agent/acts.ts';
import { asked, stateOf } from '../ask/acts.ts';
import { grant } from '../claim/acts.ts';
import { ack, deliver, reply, sent } from '../message/acts.ts';
import { create, join } from '../room/acts.ts';
import { accepted } from '../world.ts';
import { apart, arrive } from './clones.ts';

const names = ['ada', 'fox', 'bob'] as const;

describe('another name that was taken in a clone', () => {
  test('is taken on the authority, with all that names its agent there', () => {
    const { authority, here, there } = apart(...names);
    accepted(rename(here, 'fox', 'owl'));
    const letter = sent(there, 'ada', ['fox', 'bob'], 'sent meanwhile');
    const held = grant(there, 'fox', 'a');
    arrive(authority, there.commits);
    const [replayed] = arrive(authority, here.commits);
    expect(replayed).toMatchObject({ agent: 'owl', renamed: [], headline: { op: 'rename' } });
    expect(authority.agent('owl')).toMatchObject({ uid: 'uid-fox', formerly: ['fox'] });
    expect(authority.agent('fox')).toBeUndefined();
    expect(authority.claim(held.id)).toMatchObject({ agent: 'owl' });
    expect(authority.unread('owl').map(({ id }) => id)).toEqual([letter.id]);
    expect(authority.message(letter.id)?.to).toEqual(['owl', 'bob']);
  });

  test('is lost where another has it by then: its agent keeps the name before, and is told', () => {
    const { authority, here, there } = apart(...names);
    accepted(rename(there, 'bob', 'owl'));
    accepted(rename(here, 'fox', 'owl'));
    const held = grant(here, 'owl', 'a');
    const letter = sent(here, 'ada', 'owl', 'to the fox');
    arrive(authority, there.commits);
    const [first] = arrive(authority, here.commits);
    expect(first?.renamed).toEqual([{ uid: 'uid-fox', from: 'owl', to: 'fox' }]);
    expect(authority.agent('fox')).toMatchObject({ uid: 'uid-fox' });
    expect(authority.agent('fox')?.formerly).toBeUndefined();
    expect(authority.agent('owl')?.uid).toBe('uid-bob');
    expect(authority.claim(held.id)?.agent).toBe('fox');
    expect(authority.unread('owl')).toEqual([]);
    expect(authority.notices('fox')).toEqual(['You are called fox, and not owl']);
    expect(authority.unread('fox').map(({ id }) => id)).toContain(letter.id);
  });

  test('of an agent that lost the name before it is the name that it has', () => {
    const { authority, here, there } = apart('ada');
    here.actor('fox', { uid: 'uid-here' });
    there.actor('fox', { uid: 'uid-there' });
    there.greet('fox');
    here.greet('fox');
    const letter = sent(here, 'ada', 'fox', 'hello');
    accepted(rename(here, 'fox', 'owl'));
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(authority.agent('owl')).toMatchObject({ uid: 'uid-here', formerly: ['fox-2'] });
    expect(authority.agent('fox-2')).toBeUndefined();
    expect(authority.agent('fox')?.uid).toBe('uid-there');
    expect(authority.unread('owl').map(({ id }) => id)).toContain(letter.id);
  });

  test('changes nothing when it arrives again, or was taken elsewhere as well', () => {
    const { authority, here, there } = apart(...names);
    const letter = sent(authority, 'ada', 'fox', 'hello');
    accepted(rename(there, 'fox', 'owl'));
    accepted(rename(here, 'fox', 'owl'));
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    arrive(authority, here.commits);
    expect(authority.agent('owl')).toMatchObject({ uid: 'uid-fox', formerly: ['fox'] });
    expect(authority.unread('owl').map(({ id }) => id)).toEqual([letter.id]);
    expect(authority.notices('owl')).toEqual([]);
  });

  test('given back to a newcomer in the same clone, mail for each reaches each', () => {
    const { authority, here } = apart(...names);
    accepted(rename(here, 'fox', 'owl'));
    here.actor('fox', { uid: 'newcomer' });
    here.greet('fox');
    const letter = sent(here, 'ada', 'fox', 'to the newcomer');
    arrive(authority, here.commits);
    expect(authority.agent('fox')?.uid).toBe('newcomer');
    expect(authority.unread('fox').map(({ id }) => id)).toEqual([letter.id]);
    expect(authority.unread('owl')).toEqual([]);
  });

  test('does not undo what was said of the agent elsewhere', () => {
    const { authority, here, there } = apart(...names);
    const say = decideStatus;
    accepted(there.decide('fox', (draft, context) => say(draft, { activity: 'tests' }, context)));
    accepted(here.decide('fox', (draft, context) => say(draft, { name: 'owl', description: 'night' }, context)));
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(authority.agent('owl')).toMatchObject({ activity: 'tests', description: 'night' });
  });
});

describe('a clone that does not know the new name yet', () => {
  function renamedElsewhere() {
    const parted = apart(...names);
    accepted(rename(parted.authority, 'fox', 'owl'));
    return parted;
  }

  test('sends mail to the old one, and it arrives', () => {
    const { authority, here } = renamedElsewhere();
    const named = sent(here, 'ada', ['fox', 'bob'], 'hello');
    const all = sent(here, 'ada', 'all', 'hello all');
    const ask = asked(here, 'ada', 'fox');
    arrive(authority, here.commits);
    expect(authority.unread('owl').map(({ id }) => id)).toEqual([named.id, all.id, ask.id]);
    authority.actor('owl', { uid: 'uid-fox' });
    accepted(reply(authority, 'owl', '8080', { reference: ask.id }));
    expect(stateOf(authority, ask.id)).toBe('answered');
  });

  test('has what the agent does there done by who it is now', () => {
    const { authority, here } = renamedElsewhere();
    const letter = sent(here, 'ada', 'fox', 'hello');
    deliver(here, 'fox', letter);
    accepted(ack(here, 'fox', letter.id));
    const held = grant(here, 'fox', 'a');
    accepted(here.decide('fox', (draft, context) => decideStatus(draft, { activity: 'tests' }, context)));
    accepted(create(here, 'ada', 'ops'));
    accepted(join(here, 'fox', 'ops'));
    const replayed = arrive(authority, here.commits);
    expect(new Set(replayed.map(({ agent }) => agent))).toEqual(new Set(['ada', 'owl']));
    expect(authority.agent('fox')).toBeUndefined();
    expect(authority.agent('owl')).toMatchObject({ activity: 'tests', formerly: ['fox'] });
    expect(authority.claim(held.id)?.agent).toBe('owl');
    expect(authority.unread('owl')).toEqual([]);
    expect(authority.receipt(letter.id)?.acknowledged).toMatchObject([{ agent: 'owl' }]);
    expect(authority.records.get('rooms/ops')).toMatchObject({ members: [{ agent: 'ada' }, { agent: 'owl' }] });
  });

  test('and took another one for it, which is then the last', () => {
    const { authority, here } = renamedElsewhere();
    accepted(rename(here, 'fox', 'elk'));
    arrive(authority, here.commits);
    expect(authority.agent('elk')).toMatchObject({ uid: 'uid-fox', formerly: ['owl', 'fox'] });
    expect(authority.agent('owl')).toBeUndefined();
  });
});
