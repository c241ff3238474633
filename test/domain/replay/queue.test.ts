import { expect, test } from 'vitest';
import { grant, release, take, wait } from '../claim/acts.ts';
import { apart, arrive, cloneOf } from './clones.ts';

test('a place that was taken apart is behind those who stand there', () => {
  const { authority } = apart('ada', 'bob', 'cy');
  grant(authority, 'ada', 'a');
  const here = cloneOf(authority);
  const there = cloneOf(authority);
  wait(here, 'bob', 'a');
  wait(there, 'cy', 'a');
  arrive(authority, there.commits);
  arrive(authority, here.commits);
  expect(authority.queue().map(({ agent, ticket }) => [agent, ticket])).toEqual([
    ['cy', 2],
    ['bob', 3],
  ]);
});

test('a place for paths that are free meanwhile is offered at once', () => {
  const { authority } = apart('ada', 'bob');
  grant(authority, 'ada', 'a');
  const here = cloneOf(authority);
  const place = wait(here, 'bob', 'a');
  release(authority, 'ada', 'a');
  arrive(authority, here.commits);
  expect(authority.claim(place.id)).toMatchObject({ agent: 'bob', offeredUntil: expect.any(String) });
});

test('waits of two clones that would never end: the later one is not kept, and is told', () => {
  const { authority } = apart('ada', 'bob');
  grant(authority, 'ada', 'a');
  grant(authority, 'bob', 'b');
  const here = cloneOf(authority);
  const there = cloneOf(authority);
  const place = wait(here, 'ada', 'b');
  wait(there, 'bob', 'a');
  arrive(authority, there.commits);
  const [replayed] = arrive(authority, here.commits);
  expect(authority.queue()).toMatchObject([{ agent: 'bob' }]);
  expect(replayed?.withdrawn).toMatchObject([{ id: place.id }]);
  expect(authority.notices('ada')).toEqual(['Your place in the queue for b was withdrawn: it would never come']);
});

test('a place that was left is left', () => {
  const { authority } = apart('ada', 'bob');
  grant(authority, 'ada', 'a');
  const { id } = wait(authority, 'bob', 'a');
  const here = cloneOf(authority);
  release(here, 'bob', id);
  arrive(authority, here.commits);
  expect(authority.queue()).toEqual([]);
});

test('a place that is kept longer keeps its ticket', () => {
  const { authority } = apart('ada', 'bob');
  grant(authority, 'ada', 'a', { leaseSeconds: 86_400 });
  const { id } = wait(authority, 'bob', 'a', { leaseSeconds: 600 });
  const here = cloneOf(authority);
  here.pass(900);
  take(here, 'bob', id);
  arrive(authority, here.commits);
  expect(authority.queue()).toMatchObject([{ id, ticket: 2, expires: here.queue()[0]?.expires }]);
});
