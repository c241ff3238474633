import { describe, expect, test } from 'vitest';
import { accepted, refusal, World } from '../world.ts';
import { claim, grant, release, renew, take, wait } from './acts.ts';

const process = { pid: 7, startTime: '1', bootId: 'b', pidNamespace: 'n', host: 'here' };

/** Ada, whose process is known, holds `a` for ten minutes. */
function adas() {
  const world = new World();
  world.actor('ada', { process });
  return { world, held: grant(world, 'ada', 'a', { leaseSeconds: 600 }) };
}

describe('a claim whose session is gone', () => {
  test('is reaped unasked: process dead, lease over, nothing changed; its holder is told', () => {
    const { world, held } = adas();
    world.dead.add('ada');
    world.pass(600);
    grant(world, 'bob', 'elsewhere');
    expect(world.claim(held.id)).toBeUndefined();
    expect(world.notices('ada')).toEqual(['Your claim on a was reaped']);
  });

  test.each([
    ['its lease is not over', 599, true, false],
    ['its process lives', 600, false, false],
    ['it has changes that nobody committed', 600, true, true],
  ])('stays when %s', (_, seconds, isDead, isChanged) => {
    const { world, held } = adas();
    if (isDead) world.dead.add('ada');
    if (isChanged) world.changed.add('ada');
    world.pass(seconds);
    grant(world, 'bob', 'elsewhere');
    expect(world.claim(held.id)).toEqual(held);
    expect(world.unread('ada')).toEqual([]);
  });

  test('stays when nothing is known of its process', () => {
    const world = new World();
    const held = grant(world, 'ada', 'a');
    world.pass(86_400);
    grant(world, 'bob', 'elsewhere');
    expect(world.claim(held.id)).toEqual(held);
  });

  test('of another host stays: its processes cannot be seen from here', () => {
    const { world, held } = adas();
    world.dead.add('ada');
    world.actor('bob', { host: 'there' });
    world.pass(86_400);
    grant(world, 'bob', 'elsewhere');
    expect(world.claim(held.id)).toEqual(held);
  });

  test('but with changes is abandoned: whoever wants it takes it', () => {
    const { world } = adas();
    world.dead.add('ada');
    world.changed.add('ada');
    world.pass(600);
    grant(world, 'bob', 'a');
    expect(world.notices('ada')).toEqual(['Your claim on a was taken by bob']);
  });

  test('is renewed by its next session, which comes under the same uid', () => {
    const { world, held } = adas();
    world.dead.add('ada');
    world.pass(600);
    world.actor('ada', { process: { ...process, pid: 8 } });
    expect(accepted(renew(world, 'ada')).claims).toMatchObject([{ id: held.id, token: held.token }]);
  });

  test('frees the next in line', () => {
    const { world } = adas();
    const place = wait(world, 'bob', 'a');
    world.dead.add('ada');
    world.pass(600);
    accepted(take(world, 'bob', place.id));
    expect(world.held()).toEqual(['bob: a']);
  });
});

test('what a refused decision would have settled is left to the next one', () => {
  const { world, held } = adas();
  grant(world, 'cy', 'c');
  world.dead.add('ada');
  world.pass(600);
  refusal(claim(world, 'bob', 'c'));
  expect(world.claim(held.id)).toEqual(held);
  grant(world, 'bob', 'b');
  expect(world.claim(held.id)).toBeUndefined();
});

describe('records that cannot be read', () => {
  test('a claim blocks the paths that can be made out, and only those', () => {
    const world = new World();
    world.putFile('claims/c1', { v: 1, id: 'c1', kind: 'claim', paths: ['src'], mode: 'sole' });
    const refused = refusal(claim(world, 'ada', 'src/a.ts'));
    expect(refused.message).toMatch(/^src\/a.ts is held by claim c1, and its record cannot be read: /);
    expect(refused.next).toBe('Run git intercom doctor: it shows the record and can set it aside.');
    grant(world, 'ada', 'lib');
  });

  test('a claim of which nothing can be made out blocks every file', () => {
    const world = new World();
    world.putFile('claims/c1', { paths: 7 });
    refusal(claim(world, 'ada', 'src/a.ts'));
    refusal(claim(world, 'ada', '**'));
  });

  test('a claim on what is no pattern blocks every file, and so does a place in the queue', () => {
    const world = new World();
    const held = grant(world, 'ada', 'a');
    world.putFile(`claims/${held.id}`, { ...held, paths: ['../up'] });
    expect(refusal(claim(world, 'bob', 'src/a.ts')).message).toMatch(/^src\/a.ts is claimed by ada/);
    const wanted = wait(world, 'bob', 'src/a.ts');
    world.putFile(`waiting/${wanted.id}`, { ...wanted, paths: ['../up'] });
    expect(refusal(claim(world, 'ada', 'lib')).message).toBe('bob already waits for lib.');
    accepted(release(world, 'ada', 'all'));
    expect(world.claim(wanted.id)?.agent).toBe('bob');
  });

  test('a place in the queue stops nobody', () => {
    const world = new World();
    world.putFile('waiting/w1', { v: 1, id: 'w1', kind: 'waiting', paths: ['src'] });
    grant(world, 'ada', 'src');
    accepted(release(world, 'ada', 'all'));
    expect(world.records.get('waiting/w1')?.kind).toBe('unreadable');
  });
});
