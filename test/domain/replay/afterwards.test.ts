/** What was done apart with claims that stand: renewed, released, handed over, settled. */
import { describe, expect, test } from 'vitest';
import type { AnyRecord } from '../../../src/domain/record/record.ts';
import { grant, handoff, release, renew, take, wait } from '../claim/acts.ts';
import { apart, arrive, cloneOf } from './clones.ts';

describe('a renewal that was made apart', () => {
  test('goes onto the claim as it is now', () => {
    const { authority } = apart('ada');
    const { id } = grant(authority, 'ada', ['a', 'b']);
    const here = cloneOf(authority);
    here.pass(60);
    renew(here, 'ada', [], 3600);
    release(authority, 'ada', 'b');
    arrive(authority, here.commits);
    expect(authority.claim(id)).toMatchObject({ paths: ['a'], expires: here.claim(id)?.expires, token: '1.1' });
  });

  test('does not shorten what was renewed later elsewhere', () => {
    const { authority } = apart('ada');
    const { id } = grant(authority, 'ada', 'a');
    const here = cloneOf(authority);
    renew(here, 'ada', [], 60);
    authority.pass(10);
    renew(authority, 'ada', [], 3600);
    const renewed = authority.claim(id);
    arrive(authority, here.commits);
    expect(authority.claim(id)).toEqual(renewed);
  });

  test('of what lapsed and was taken is withdrawn; the notice of the taking says enough', () => {
    const { authority } = apart('ada', 'bob');
    const { id } = grant(authority, 'ada', 'a', { leaseSeconds: 60 });
    const here = cloneOf(authority);
    here.pass(50);
    renew(here, 'ada');
    authority.pass(61);
    grant(authority, 'bob', 'a');
    const [replayed] = arrive(authority, here.commits);
    expect(authority.held()).toEqual(['bob: a']);
    expect(replayed?.withdrawn).toMatchObject([{ id, rival: { agent: 'bob' } }]);
    expect(authority.notices('ada')).toEqual(['Your claim on a was taken by bob']);
  });

  test('of what its holder gave back elsewhere says that it is gone', () => {
    const { authority } = apart('ada');
    grant(authority, 'ada', 'a');
    const here = cloneOf(authority);
    here.pass(60);
    renew(here, 'ada');
    release(authority, 'ada', 'a');
    arrive(authority, here.commits);
    expect(authority.held()).toEqual([]);
    expect(authority.notices('ada')).toEqual(['Your claim on a is gone: it was released, or lapsed']);
  });
});

test('whoever was handed a claim and loses it is told, though a notice tells of the handing', () => {
  const { authority } = apart('ada', 'bob');
  grant(authority, 'ada', 'a');
  handoff(authority, 'ada', 'bob', 'a');
  const here = cloneOf(authority);
  here.pass(60);
  renew(here, 'bob');
  release(authority, 'bob', 'a');
  arrive(authority, here.commits);
  expect(authority.notices('bob')).toContain('Your claim on a is gone: it was released, or lapsed');
});

describe('a release that was made apart', () => {
  test('frees what its holder still has, and the next in line is offered it', () => {
    const { authority } = apart('ada', 'bob');
    grant(authority, 'ada', 'a');
    const place = wait(authority, 'bob', 'a');
    const here = cloneOf(authority);
    release(here, 'ada', 'a');
    take(here, 'bob', place.id);
    arrive(authority, here.commits);
    expect(authority.held()).toEqual(['bob: a']);
    expect(authority.claim(place.id)?.offeredUntil).toBeUndefined();
    expect(authority.queue()).toEqual([]);
  });

  test('does nothing to what was handed over meanwhile', () => {
    const { authority } = apart('ada', 'bob');
    grant(authority, 'ada', 'a');
    const here = cloneOf(authority);
    release(here, 'ada', 'a');
    handoff(authority, 'ada', 'bob', 'a');
    expect(arrive(authority, here.commits)).toMatchObject([{ edits: [] }]);
    expect(authority.held()).toEqual(['bob: a']);
  });

  test('by force frees the claim that it was about, and the holder is told once', () => {
    const { authority } = apart('ada', 'bob');
    grant(authority, 'ada', ['a', 'b']);
    const here = cloneOf(authority);
    release(here, 'bob', 'a', { why: 'stuck', evidence: 'none' });
    const [replayed] = arrive(authority, here.commits);
    expect(authority.held()).toEqual(['ada: b']);
    expect(authority.notices('ada')).toEqual(['bob released your claim on a']);
    expect(replayed?.headline).toMatchObject({ op: 'force-release', body: 'Why: stuck\nEvidence: none' });
  });

  test('by force tells nobody of what was given back before', () => {
    const { authority } = apart('ada', 'bob');
    grant(authority, 'ada', 'a');
    const here = cloneOf(authority);
    release(here, 'bob', 'a', { why: 'stuck', evidence: 'none' });
    release(authority, 'ada', 'a');
    expect(arrive(authority, here.commits)).toMatchObject([{ edits: [] }]);
    expect(authority.notices('ada')).toEqual([]);
  });
});

describe('a hand-off that was made apart', () => {
  test('gives the receiver a new token, also of a part', () => {
    const { authority, there } = apart('ada', 'bob', 'cy');
    grant(there, 'cy', 'c');
    grant(authority, 'ada', ['a', 'b']);
    const here = cloneOf(authority);
    handoff(here, 'ada', 'bob', 'b');
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(authority.held()).toEqual(['ada: a', 'bob: b', 'cy: c']);
    expect(authority.claims().find(({ agent }) => agent === 'bob')?.token).toBe('1.3');
  });

  test('of what was taken meanwhile changes nothing: the giver is told, and the receiver hears of nothing', () => {
    const { authority } = apart('ada', 'bob', 'cy');
    grant(authority, 'ada', 'a');
    const here = cloneOf(authority);
    handoff(here, 'ada', 'bob', 'a');
    release(authority, 'ada', 'a');
    grant(authority, 'cy', 'a');
    arrive(authority, here.commits);
    expect(authority.held()).toEqual(['cy: a']);
    expect(authority.notices('ada')).toEqual(['bob did not get a']);
    expect(authority.notices('bob')).toEqual([]);
  });

  test('beside what the giver claimed elsewhere meanwhile changes nothing', () => {
    const { authority } = apart('ada', 'bob');
    grant(authority, 'ada', 'src');
    const here = cloneOf(authority);
    handoff(here, 'ada', 'bob', 'src');
    grant(authority, 'ada', 'src/a.ts');
    arrive(authority, here.commits);
    expect(authority.held()).toEqual(['ada: src', 'ada: src/a.ts']);
    expect(authority.notices('ada')).toEqual(['bob did not get src']);
  });
});

describe('what settling did apart is not copied', () => {
  test('a lapsed claim that was renewed on the authority is not taken after all', () => {
    const { authority } = apart('ada', 'bob');
    grant(authority, 'ada', 'a', { leaseSeconds: 60 });
    const here = cloneOf(authority);
    here.pass(61);
    grant(here, 'bob', 'a');
    authority.pass(59);
    renew(authority, 'ada');
    arrive(authority, here.commits);
    expect(authority.held()).toEqual(['ada: a']);
    expect(authority.notices('ada')).toEqual([]);
    expect(authority.notices('bob')).toEqual(['Your claim on a was withdrawn: ada holds it']);
  });

  test('an offer is made to whoever is first in the line of the authority', () => {
    const { authority } = apart('ada', 'bob', 'cy');
    grant(authority, 'ada', 'a');
    const here = cloneOf(authority);
    const there = cloneOf(authority);
    wait(here, 'bob', 'a');
    release(here, 'ada', 'a');
    wait(there, 'cy', 'a');
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(authority.claims()).toMatchObject([{ agent: 'cy', offeredUntil: expect.any(String) }]);
    expect(authority.queue()).toMatchObject([{ agent: 'bob' }]);
  });

  test('whoever took such an offer stays in line', () => {
    const { authority } = apart('ada', 'bob', 'cy');
    grant(authority, 'ada', 'a');
    const here = cloneOf(authority);
    const there = cloneOf(authority);
    const place = wait(here, 'bob', 'a');
    release(here, 'ada', 'a');
    take(here, 'bob', place.id);
    wait(there, 'cy', 'a');
    arrive(authority, there.commits);
    const last = arrive(authority, here.commits).at(-1);
    expect(last?.withdrawn).toMatchObject([{ id: place.id, rival: { agent: 'cy' } }]);
    expect(authority.queue()).toMatchObject([{ id: place.id, agent: 'bob' }]);
  });
});

test('a claim that cannot be read is copied as it is, and goes on holding its paths', () => {
  const { authority, here } = apart('ada');
  const torn: AnyRecord = { kind: 'unreadable', id: 'torn', reason: 'no YAML', paths: ['a'] };
  here.commitFile('claims/torn', torn, 'ada');
  expect(arrive(authority, here.commits)).toMatchObject([{ copies: ['claims/torn'] }]);
  expect(authority.records.get('claims/torn')).toEqual(torn);
});

test('what a newer version keeps is copied where nobody touched it since', () => {
  const { authority, here, there } = apart('ada');
  const other = (id: string): AnyRecord => ({ kind: 'unreadable', id, reason: 'no kind of record', paths: [] });
  here.commitFile('rooms/a', other('a'), 'ada');
  here.commitFile('rooms/b', other('b'), 'ada');
  there.commitFile('rooms/b', { ...other('b'), reason: 'another' } as AnyRecord, 'ada');
  arrive(authority, there.commits);
  expect(arrive(authority, here.commits)).toMatchObject([{ copies: ['rooms/a'] }, { copies: [] }]);
});
