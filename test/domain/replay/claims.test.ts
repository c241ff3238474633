import { describe, expect, test } from 'vitest';
import { grant, handoff, release, renew, wait } from '../claim/acts.ts';
import { apart, arrive } from './clones.ts';

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

  test('is withdrawn where others stood in line before', () => {
    const { authority, here, there } = apart('ada', 'bob', 'cy');
    const { id } = grant(there, 'bob', 'a', { mode: 'shared' });
    wait(there, 'cy', 'a');
    grant(here, 'ada', 'a', { mode: 'shared' });
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(authority.claims().map((claim) => claim.id)).toEqual([id]);
    expect(authority.notices('ada')).toEqual(['Your claim on a was withdrawn: cy was in line for it before']);
  });

  test('is withdrawn where a claim that cannot be read came first', () => {
    const { authority, here } = apart('ada');
    grant(here, 'ada', 'a');
    authority.putFile('claims/torn', { paths: ['a'] });
    arrive(authority, here.commits);
    expect(authority.held()).toEqual([]);
    expect(authority.notices('ada')).toEqual(['Your claim on a was withdrawn: a claim that cannot be read holds it']);
  });

  test('stands beside another that is shared when both are', () => {
    const { authority, here, there } = apart('ada', 'bob');
    grant(there, 'bob', 'a', { mode: 'shared' });
    grant(here, 'ada', 'a', { mode: 'shared' });
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(authority.held()).toEqual(['ada: a', 'bob: a']);
  });

  test('takes what lapsed meanwhile, and its holder is told', () => {
    const { authority, here, there } = apart('ada', 'bob');
    grant(there, 'bob', 'a', { leaseSeconds: 60 });
    grant(here, 'ada', 'a');
    arrive(authority, there.commits);
    authority.pass(61);
    arrive(authority, here.commits);
    expect(authority.held()).toEqual(['ada: a']);
    expect(authority.notices('bob')).toEqual(['Your claim on a was taken by ada']);
  });

  test('and comes after it was over itself takes nothing that lapsed since', () => {
    const { authority, here } = apart('ada', 'bob');
    grant(here, 'ada', 'a');
    authority.pass(30 * 86_400);
    grant(authority, 'bob', 'a');
    authority.pass(3600);
    arrive(authority, here.commits);
    expect(authority.held()).toEqual(['bob: a']);
    expect(authority.notices('bob')).toEqual([]);
    expect(authority.notices('ada')).toEqual(['Your claim on a was withdrawn: bob holds it']);
  });

  test('steals nothing by a clock that is hours fast', () => {
    const { authority, here, there } = apart('ada', 'bob');
    authority.skewSecondsByHost.set('fast', 10_800);
    there.actor('bob', { host: 'there' });
    grant(there, 'bob', 'a');
    grant(here, 'ada', 'a');
    arrive(authority, there.commits, { host: 'there' });
    arrive(authority, here.commits, { host: 'fast' });
    expect(authority.held()).toEqual(['bob: a']);
  });

  test('that is there already is not written again', () => {
    const { authority, here } = apart('ada');
    grant(here, 'ada', 'a');
    arrive(authority, here.commits);
    const before = new Map(authority.records);
    expect(arrive(authority, here.commits)).toMatchObject([{ edits: [], withdrawn: [] }]);
    expect(authority.records).toEqual(before);
  });
});

describe('what is done with a claim afterwards', () => {
  test('goes with it: renewed, handed over, given back', () => {
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

  test('is nothing where it was withdrawn, and tells its holder once', () => {
    const { authority, here, there } = apart('ada', 'bob', 'cy');
    grant(there, 'bob', 'a');
    grant(here, 'ada', 'a');
    here.pass(60);
    renew(here, 'ada');
    handoff(here, 'ada', 'cy', 'a');
    release(here, 'cy', 'a');
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(authority.held()).toEqual(['bob: a']);
    expect(authority.notices('ada')).toEqual(['Your claim on a was withdrawn: bob holds it']);
    expect(authority.notices('cy')).toEqual([]);
  });
});
