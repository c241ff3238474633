import { describe, expect, test } from 'vitest';
import { grant, handoff, release, renew, take, wait } from '../claim/acts.ts';
import { World } from '../world.ts';
import { arrive, cloneOf } from './clones.ts';

/** An authority that knows these agents, and two clones of it. */
function apart(...names: readonly string[]) {
  const authority = new World();
  authority.greet(...names);
  return { authority, here: cloneOf(authority), there: cloneOf(authority) };
}

describe('a claim that was made apart', () => {
  test('is granted by the authority where nobody is in its way: as it was, with a new token', () => {
    const { authority, here, there } = apart('ada', 'bob');
    grant(there, 'bob', 'b');
    const claim = grant(here, 'ada', 'a', { why: 'login' });
    arrive(authority, there.commits);
    authority.pass(60);
    const [replayed] = arrive(authority, here.commits);
    expect(authority.claim(claim.id)).toEqual({ ...claim, token: '1.2' });
    expect(replayed?.headline).toMatchObject({ op: 'claim', subject: 'claim a (ada, 30m): login', ids: [claim.id] });
  });

  test('is withdrawn where another came first; its holder is told by whom', () => {
    const { authority, here, there } = apart('ada', 'bob');
    const first = grant(there, 'bob', 'src');
    const claim = grant(here, 'ada', 'src/a.ts');
    arrive(authority, there.commits);
    const [replayed] = arrive(authority, here.commits);
    expect(authority.held()).toEqual(['bob: src']);
    expect(authority.notices('ada')).toEqual(['Your claim on src/a.ts was withdrawn: bob holds it']);
    expect(replayed?.withdrawn).toMatchObject([{ id: claim.id, agent: 'ada', rival: { id: first.id, agent: 'bob' } }]);
    expect(replayed?.headline).toEqual({
      op: 'withdraw',
      subject: 'withdraw src/a.ts (ada): bob holds it',
      ids: [claim.id],
      paths: ['src/a.ts'],
    });
  });

  test('and withdrawn while somebody waits for the answer leaves nothing to write', () => {
    const { authority, here, there } = apart('ada', 'bob');
    grant(there, 'bob', 'a');
    const { id } = grant(here, 'ada', 'a');
    arrive(authority, there.commits);
    const [replayed] = arrive(authority, here.commits, { awaited: [id] });
    expect(replayed).toMatchObject({ edits: [], withdrawn: [{ id }] });
    expect(authority.notices('ada')).toEqual([]);
  });
});

test('what one does with a claim afterwards goes with it: renewed, handed over, given back', () => {
  const { authority, here } = apart('ada', 'bob');
  const claim = grant(here, 'ada', ['a', 'b']);
  here.pass(60);
  renew(here, 'ada');
  handoff(here, 'ada', 'bob', 'b');
  release(here, 'ada', 'a');
  arrive(authority, here.commits);
  expect(authority.held()).toEqual(['bob: b']);
  expect(authority.claim(claim.id)).toBeUndefined();
  expect(authority.notices('bob')).toEqual(['ada handed you b']);
});

test('a waiter is offered again what was freed apart', () => {
  const { authority } = apart('ada', 'bob');
  grant(authority, 'ada', 'a');
  const place = wait(authority, 'bob', 'a');
  const here = cloneOf(authority);
  release(here, 'ada', 'a');
  take(here, 'bob', place.id);
  arrive(authority, here.commits);
  expect(authority.held()).toEqual(['bob: a']);
  expect(authority.queue()).toEqual([]);
});
