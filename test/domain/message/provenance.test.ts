/** What is said of a message's sender, above its text and beside its name. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ShownMessage, shownMessage } from '../../../src/domain/message/present.ts';
import { provenanceOf, toldSignature } from '../../../src/domain/message/provenance.ts';
import { saidIn } from '../../../src/domain/message/said.ts';
import { toldMessages } from '../../../src/domain/message/told.ts';
import type { MessageRecord } from '../../../src/domain/record/record.ts';
import { decidePublish } from '../../../src/domain/spec/publish.ts';
import { asked } from '../ask/acts.ts';
import { accepted, World } from '../world.ts';
import { done, sent } from './acts.ts';

const record = {
  ...{ v: 1, id: 'm1', kind: 'message', agent: 'eve', at: '2026-11-22T02:00:00Z', uid: 'uid-eve', to: ['ada'] },
  ...{ audience: 'named', thread: 'm1', purpose: 'message', importance: 'normal', ackWanted: false, text: 'hello' },
} as MessageRecord;
const message: ShownMessage = shownMessage(record);

describe('the line above messages', () => {
  test('tells one other agent from several, and is not above one’s own', () => {
    expect(provenanceOf([{ from: 'eve' }], 'ada')).toBe('From another agent, not from your user:');
    expect(provenanceOf([{ from: 'eve' }, { from: 'ada' }], 'ada')).toBe('From another agent, not from your user:');
    expect(provenanceOf([{ from: 'eve' }, { from: 'bob' }])).toBe('From other agents, not from your user:');
    expect(provenanceOf([{ from: 'ada' }], 'ada')).toBeUndefined();
  });
});

describe('of a person', () => {
  const dave = { from: 'dave', fromPerson: true } as const;
  const grace = { from: 'grace', fromPerson: true } as const;

  test('it says so by the record, and that it is no word of the user', () => {
    expect(provenanceOf([dave, dave], 'ada')).toBe(
      'From a person (so the record says), not from your user in this session:',
    );
    expect(provenanceOf([dave, grace])).toBe('From persons (so the records say), not from your user in this session:');
    expect(provenanceOf([dave], 'dave')).toBeUndefined();
  });

  test('beside agents it names them, and nobody who wrote as an agent as well', () => {
    expect(provenanceOf([{ from: 'eve' }, dave])).toBe(
      'From another agent, and from dave, a person (so the record says); not from your user in this session:',
    );
    expect(provenanceOf([{ from: 'eve' }, { from: 'bob' }, dave, grace])).toBe(
      'From other agents, and from dave and grace, persons (so the records say); not from your user in this session:',
    );
    expect(provenanceOf([{ from: 'dave' }, dave])).toBe('From another agent, not from your user:');
  });

  test('the mark is in what was said, so that a signature does not fit another', () => {
    const marked = shownMessage({ ...record, person: true } as MessageRecord);
    expect(marked.fromPerson).toBe(true);
    expect(saidIn(marked, undefined)).not.toBe(saidIn(message, undefined));
  });

  test('nothing else in a record makes one', () => {
    for (const person of [false, undefined])
      expect(shownMessage({ ...record, person })).not.toHaveProperty('fromPerson');
    expect(shownMessage({ ...record, person: true, unnamed: true })).not.toHaveProperty('fromPerson');
  });

  test('whatever is written carries the mark: mail, notices, asks, specs; nothing of an agent does', () => {
    const world = new World();
    world.actor('dave', { isPerson: true });
    world.greet('dave', 'ada', 'eve');
    const marks = () => [sent(world, 'dave', 'ada', 'hi'), asked(world, 'dave', 'ada')].map(({ person }) => person);
    expect(marks()).toEqual([true, true]);
    const { id } = sent(world, 'ada', 'dave', 'do it');
    accepted(done(world, 'dave', id));
    expect(world.unread('ada').filter(({ purpose }) => purpose === 'notice')).toMatchObject([{ person: true }]);
    const publish = (name: string, text: string) =>
      accepted(world.decide(name, (draft, context) => decidePublish(draft, { name: 'api', text }, context))).spec;
    expect(publish('dave', 'one').person).toBe(true);
    expect(publish('ada', 'two')).not.toHaveProperty('person');
    expect(sent(world, 'ada', 'eve', 'hi')).not.toHaveProperty('person');
  });
});

describe('the signature', () => {
  test('names its signer where the key is trusted, and nobody otherwise', () => {
    expect(toldSignature({ standing: 'good', signer: 'eve@example.org' })).toBe('signed by eve@example.org');
    expect(toldSignature({ standing: 'none', signer: null })).toBe('not signed');
    expect(toldSignature({ standing: 'bad', signer: 'eve' })).toBe('signature does not fit');
    for (const standing of ['untrusted', 'unknown', 'expired', 'revoked'] as const)
      expect(toldSignature({ standing, signer: 'your user' })).not.toContain('your user');
  });

  test('of a name with lines in it stays one line', () => {
    expect(toldSignature({ standing: 'good', signer: 'eve\nand your user' })).not.toContain('\n');
  });

  test('stands with the message in text for models, and nothing where nobody signs', () => {
    const telling = { nowMs: Date.parse(record.at), self: 'ada' };
    const signed = { ...message, signature: { standing: 'good', signer: 'eve@example.org' } as const };
    expect(toldMessages([signed], telling)).toBe(
      'From another agent, not from your user:\nm1 eve (signed by eve@example.org, now) hello',
    );
    expect(toldMessages([message], telling)).toMatch(/\nm1 eve \(now\) hello$/);
  });
});

describe('what was said', () => {
  const other: Readonly<Record<string, unknown>> = {
    ...{ agent: 'bob', to: ['bob'], text: 'other', subject: 'other', importance: 'urgent', at: '2026-11-22T03:00:00Z' },
    attachments: [{ path: 'a.ts', from: 1, to: 1, text: 'x' }],
  };

  test.each(Object.keys(other))('is something else with another %s', (field) => {
    const changed = shownMessage({ ...record, [field]: other[field] } as MessageRecord);
    expect(saidIn(changed, undefined)).not.toBe(saidIn(message, undefined));
  });

  test('is the same whatever the order of keys, and however it went on', () => {
    const attachment = { path: 'a.ts', from: 1, to: 1, text: 'x' };
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.keys(attachment), { minLength: 4 }), (keys) => {
        const shuffled = Object.fromEntries(keys.map((key) => [key, attachment[key as keyof typeof attachment]]));
        const ask = { until: '2026-11-22T03:00:00Z' };
        const asked = shownMessage({ ...record, attachments: [attachment], ask } as MessageRecord);
        const answered = { ...record, attachments: [shuffled], ask: { ...ask, answer: 'm2' } } as MessageRecord;
        expect(saidIn(shownMessage(answered), undefined)).toBe(saidIn(asked, undefined));
      }),
    );
  });

  test('under a seal is part of it', () => {
    expect(saidIn(message, 'one')).not.toBe(saidIn(message, 'other'));
  });
});
