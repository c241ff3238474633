import { describe, expect, test } from 'vitest';
import { shownClaim } from '../../src/domain/claim/present.ts';
import { shownMessage } from '../../src/domain/message/present.ts';
import { claim, grant, granted, release, take, wait } from './claim/acts.ts';
import { send, sent } from './message/acts.ts';
import { accepted, refusal, World } from './world.ts';

describe('the same key again', () => {
  test('returns the first claim, and writes nothing', () => {
    const world = new World();
    const first = grant(world, 'ada', ['a', 'b'], { key: 'k', why: 'tests' });
    world.pass(60);
    expect(granted(claim(world, 'ada', ['b', 'a'], { key: 'k' }))).toEqual(first);
    expect(world.edits).toEqual([]);
  });

  test('returns the first claim although it was released since', () => {
    const world = new World();
    const first = grant(world, 'ada', 'a', { key: 'k' });
    accepted(release(world, 'ada', 'a'));
    expect(granted(claim(world, 'ada', 'a', { key: 'k' }))).toEqual(first);
    expect(world.held()).toEqual([]);
  });

  test('says of a claim that it is over, and not of one that is still held', () => {
    const world = new World();
    grant(world, 'ada', 'a', { key: 'k' });
    expect(accepted(claim(world, 'ada', 'a', { key: 'k' }))).not.toHaveProperty('over');
    accepted(release(world, 'ada', 'a'));
    grant(world, 'bob', 'a');
    expect(accepted(claim(world, 'ada', 'a', { key: 'k' }))).toMatchObject({ over: true });
  });

  test('returns the claim that was had by waiting, although it was released since', () => {
    const world = new World();
    grant(world, 'ada', 'a');
    const place = wait(world, 'bob', 'a', { key: 'k' });
    accepted(release(world, 'ada', 'a'));
    const first = granted(take(world, 'bob', place.id, 600, 'k'));
    expect(granted(claim(world, 'bob', 'a', { key: 'k' }))).toEqual(first);
    accepted(release(world, 'bob', 'a'));
    grant(world, 'ada', 'a');
    const again = claim(world, 'bob', 'a', { key: 'k', waitSeconds: 1 });
    expect(accepted(again)).toEqual({ claim: first, over: true });
  });

  test('goes on waiting where the first wait was cut off, also where its offer came meanwhile', () => {
    const world = new World();
    grant(world, 'ada', 'a');
    const place = wait(world, 'bob', 'a', { key: 'k' });
    expect(wait(world, 'bob', 'a', { key: 'k' }).id).toBe(place.id);
    accepted(release(world, 'ada', 'a'));
    const first = grant(world, 'bob', 'a', { key: 'k' });
    expect(first.id).toBe(place.id);
    expect(granted(take(world, 'bob', place.id, 600, 'k'))).toEqual(first);
    expect(world.edits).toEqual([]);
  });

  test('of another claim takes no place', () => {
    const world = new World();
    grant(world, 'ada', 'a');
    const place = wait(world, 'bob', 'a');
    grant(world, 'bob', 'b', { key: 'k' });
    accepted(release(world, 'ada', 'a'));
    expect(refusal(take(world, 'bob', place.id, 600, 'k')).code).toBe('key-reused');
  });

  test('sends no second message', () => {
    const world = new World();
    world.greet('bob');
    const first = sent(world, 'ada', 'bob', 'hello', { key: 'k', subject: 's' });
    expect(sent(world, 'ada', 'bob', 'hello', { key: 'k', subject: 's' })).toEqual(first);
    expect(world.unread('bob')).toHaveLength(1);
  });

  test.each([
    ['other paths', 'b', {}],
    ['another mode', 'a', { mode: 'shared' }],
  ] as const)('for %s is refused', (_, paths, terms) => {
    const world = new World();
    const first = grant(world, 'ada', 'a', { key: 'k' });
    const refused = refusal(claim(world, 'ada', paths, { key: 'k', ...terms }));
    expect(refused.data).toEqual({ first: { claim: shownClaim(first, world.nowMs, new Set()) } });
    expect(refused.code).toBe('key-reused');
    expect(refused.message).toBe('The key k was used for another claim at 2026-03-01T09:00:00.000Z.');
  });

  test.each([
    ['another text', 'bob', 'bye', {}],
    ['others', ['bob', 'ada'], 'hello', {}],
    ['another subject', 'bob', 'hello', { subject: 's' }],
  ] as const)('for a message with or to %s is refused', (_, to, text, rest) => {
    const world = new World();
    world.greet('bob');
    const first = sent(world, 'ada', 'bob', 'hello', { key: 'k' });
    const refused = refusal(send(world, 'ada', to, text, { key: 'k', ...rest }));
    expect([refused.code, refused.data]).toEqual(['key-reused', { first: { message: shownMessage(first) } }]);
    expect(world.unread('bob')).toHaveLength(1);
  });

  test('for another operation is refused', () => {
    const world = new World();
    world.greet('bob');
    grant(world, 'ada', 'a', { key: 'k' });
    expect(refusal(send(world, 'ada', 'bob', 'hello', { key: 'k' })).code).toBe('key-reused');
  });

  test('of another agent is another key', () => {
    const world = new World();
    grant(world, 'ada', 'a', { key: 'k' });
    grant(world, 'bob', 'b', { key: 'k' });
    expect(world.held()).toEqual(['ada: a', 'bob: b']);
  });

  test('is a new request after a day', () => {
    const world = new World();
    const first = grant(world, 'ada', 'a', { key: 'k' });
    world.pass(86_400 - 0.001);
    expect(grant(world, 'ada', 'a', { key: 'k' }).expires).toBe(first.expires);
    world.pass(0.001);
    expect(grant(world, 'ada', 'b', { key: 'k' }).paths).toEqual(['b']);
  });
});

test('a refusal is not remembered: the same key may succeed later', () => {
  const world = new World();
  grant(world, 'bob', 'a');
  refusal(claim(world, 'ada', 'a', { key: 'k' }));
  accepted(release(world, 'bob', 'a'));
  grant(world, 'ada', 'a', { key: 'k' });
});

test('keys of any length and content work', () => {
  for (const key of ['', 'x'.repeat(5000), '🔑'.repeat(150), 'a\nb\u0000']) {
    const world = new World();
    const first = grant(world, 'ada', 'a', { key });
    expect(granted(claim(world, 'ada', 'a', { key }))).toEqual(first);
    expect(world.edits).toEqual([]);
  }
});
