import { describe, expect, test } from 'vitest';
import { specTextBytesMax } from '../../../src/domain/limits.ts';
import { grant } from '../claim/acts.ts';
import { accepted, refusal, World } from '../world.ts';
import { publish, published, specIn, subscribe } from './acts.ts';

test('each publish is the next version, by whoever publishes', () => {
  const world = new World();
  expect(published(world, 'ada', 'api', 'one\n')).toMatchObject({
    version: 1,
    agent: 'ada',
    uid: 'uid-ada',
    text: 'one\n',
  });
  expect(published(world, 'bob', 'api', 'two\n', { why: 'codes' })).toMatchObject({
    version: 2,
    agent: 'bob',
    why: 'codes',
  });
  expect(published(world, 'bob', 'wire', 'x\n')).toMatchObject({ id: 'wire', version: 1 });
});

test('a reason belongs to its version alone', () => {
  const world = new World();
  published(world, 'ada', 'api', 'one\n', { why: 'codes' });
  expect(published(world, 'ada', 'api', 'two\n').why).toBeUndefined();
});

test('the same text again is no new version, whoever brings it and whatever it was based on', () => {
  const world = new World();
  const first = published(world, 'ada', 'api', 'one\n');
  expect(accepted(publish(world, 'bob', 'api', 'one\n', { base: 7 }))).toEqual({ spec: first, isNew: false });
  expect(accepted(publish(world, 'bob', 'api', 'one\r\n'))).toMatchObject({ isNew: false });
  expect(world.edits).toEqual([]);
});

test('what an unknown later version wrote into the record stays', () => {
  const world = new World();
  const { text: _text, ...rest } = published(world, 'ada', 'api', 'one\n');
  world.putFile('specs/api', { ...rest, text: 'one\n', xColour: 'red' });
  expect(published(world, 'ada', 'api', 'two\n')).toMatchObject({ version: 2, xColour: 'red' });
});

test('control characters and overrides that make a line read as what it is not are taken out', () => {
  const world = new World();
  expect(published(world, 'ada', 'api', 'a\u001b[31mb\u202ec\n\td').text).toBe('abc\n\td');
});

describe('with a base', () => {
  test('it is accepted while that is the newest version', () => {
    const world = new World();
    published(world, 'ada', 'api', 'one\n', { base: 0 });
    expect(published(world, 'bob', 'api', 'two\n', { base: 1 }).version).toBe(2);
  });

  test('it is refused, and nothing is written, once somebody has published: with the newer version and by whom', () => {
    const world = new World();
    published(world, 'ada', 'api', 'one\n');
    published(world, 'bob', 'api', 'two\n');
    for (const base of [0, 1]) {
      const { code, data, next } = refusal(publish(world, 'cy', 'api', 'three\n', { base }));
      expect({ code, data }).toMatchObject({ code: 'spec-moved', data: { name: 'api', base, version: 2, by: 'bob' } });
      expect(next).toContain('--base 2');
    }
    expect(specIn(world, 'api')?.text).toBe('two\n');
    expect(world.agent('cy')).toBeUndefined();
  });

  test('it is refused where there is no such version', () => {
    const world = new World();
    expect(refusal(publish(world, 'ada', 'api', 'one\n', { base: 1 })).code).toBe('spec-moved');
    published(world, 'ada', 'api', 'one\n');
    expect(refusal(publish(world, 'ada', 'api', 'two\n', { base: 2 })).message).toContain('has no version 2');
  });
});

describe('it is refused', () => {
  test('under a name that could be a path, or another name in another case', () => {
    const world = new World();
    for (const name of ['../agents/ada', 'a/b', 'API', '']) {
      expect(refusal(publish(world, 'ada', name, 'x')).code).toBe('bad-name');
    }
    expect(world.records.size).toBe(0);
  });

  test('above the bound, and one at the bound can be read again', () => {
    const world = new World();
    expect(refusal(publish(world, 'ada', 'api', 'é'.repeat(specTextBytesMax / 2 + 1)))).toMatchObject({
      code: 'too-large',
      data: { bytes: specTextBytesMax + 2, bytesMax: specTextBytesMax },
    });
    expect(published(world, 'ada', 'api', '"'.repeat(specTextBytesMax)).version).toBe(1);
    expect(refusal(publish(world, 'ada', 'api', '\n'.repeat(30_000))).code).toBe('too-large');
  });

  test('where the record cannot be read: its number is not known', () => {
    const world = new World();
    world.putFile('specs/api', { v: 1, id: 'api', kind: 'spec' });
    const { code, next } = refusal(publish(world, 'ada', 'api', 'x'));
    expect(code).toBe('unknown-spec');
    expect(next).toContain('doctor --fix');
  });

  test('under the name of another agent', () => {
    const world = new World();
    world.greet('ada');
    world.actor('ada', { uid: 'uid-other' });
    expect(refusal(publish(world, 'ada', 'api', 'x')).code).toBe('name-taken');
  });
});

describe('whoever is subscribed to a spec', () => {
  test('is told quietly of each new version: which, by whom, what changed and why', () => {
    const world = new World();
    subscribe(world, 'ada', 'spec:api');
    published(world, 'bob', 'api', 'one\n');
    published(world, 'bob', 'api', 'one\ntwo\n', { why: 'errors have codes' });
    expect(world.unread('ada')).toMatchObject([
      { subject: 'bob published version 1 of the spec api', purpose: 'notice', importance: 'low' },
      {
        subject: 'bob published version 2 of the spec api',
        about: { what: 'published', claims: [], spec: 'api', version: 2 },
        text: '1 line added, first: two. Why: errors have codes. git intercom spec diff api 1 2 shows what changed.',
      },
    ]);
  });

  test('is not told of what it publishes itself, of other specs, and of the same text again', () => {
    const world = new World();
    subscribe(world, 'ada', 'spec:api');
    published(world, 'ada', 'api', 'one\n');
    published(world, 'bob', 'api-v2', 'one\n');
    accepted(publish(world, 'bob', 'api', 'one\n'));
    expect(world.unread('ada')).toEqual([]);
  });

  test('is told of claims on it as well, for it is a resource like others', () => {
    const world = new World();
    subscribe(world, 'ada', 'spec:api');
    grant(world, 'bob', 'spec:api');
    expect(world.notices('ada')).toEqual(['bob claims spec:api']);
  });

  test('must have named one that can be', () => {
    const world = new World();
    expect(() => subscribe(world, 'ada', 'spec:API')).toThrow('bad-name');
    expect(() => subscribe(world, 'ada', 'spec:../x')).toThrow('bad-name');
  });
});
