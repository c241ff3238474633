import { describe, expect, test } from 'vitest';
import { inFieldOrder, parseRecord } from '../../../src/domain/record/parse.ts';
import type { ClaimRecord } from '../../../src/domain/record/record.ts';

const claim = {
  v: 1,
  id: 'c1',
  kind: 'claim',
  agent: 'ada',
  at: '2026-03-01T09:00:00Z',
  uid: 'u1',
  paths: ['src', 'lib'],
  mode: 'exclusive',
  since: '2026-03-01T09:00:00Z',
  expires: '2026-03-01T09:30:00.5Z',
  leaseSeconds: 1800,
  token: '1.1',
};

function parse(value: unknown, path = 'claims/c1') {
  return parseRecord(path, { ok: true, value });
}

test('what its folder says is read as such', () => {
  expect(parse(claim)).toEqual(claim);
});

test('fields that this version does not know are read, too', () => {
  expect(parse({ ...claim, colour: { hue: 3 } })).toEqual({ ...claim, colour: { hue: 3 } });
});

describe('unreadable, with a reason that says where', () => {
  test.each<[string, string, unknown]>([
    ['another kind than its folder', 'claims/c1', { ...claim, kind: 'waiting' }],
    ['a claim in another folder', 'messages/c1', claim],
    ['an older version', 'claims/c1', { ...claim, v: 0 }],
    ['a field that is missing', 'claims/c1', { ...claim, uid: undefined }],
    ['a field of the wrong kind', 'claims/c1', { ...claim, leaseSeconds: '1800' }],
    ['a lease that is no whole number', 'claims/c1', { ...claim, leaseSeconds: 0.5 }],
    ['a time that is none', 'claims/c1', { ...claim, expires: 'tomorrow' }],
    ['a time in another zone', 'claims/c1', { ...claim, expires: '2026-03-01T09:30:00+01:00' }],
    ['a name that is none', 'claims/c1', { ...claim, agent: 'a b' }],
    ['no path', 'claims/c1', { ...claim, paths: [] }],
    ['a list', 'claims/c1', [claim]],
    ['nothing', 'claims/c1', null],
  ])('is %s', (_, path, value) => {
    const record = parse(value, path);
    expect(record).toMatchObject({ kind: 'unreadable', id: 'c1' });
    expect(record.kind === 'unreadable' && record.reason).toMatch(/^[A-Za-z.]+( record)?: ./);
  });

  test('is a newer version, which is told from what is broken, and holds its paths', () => {
    const record = parse({ ...claim, v: 2 }, 'claims/c1');
    expect(record).toMatchObject({ kind: 'unreadable', id: 'c1', isNewer: true, paths: claim.paths });
  });

  test('is one that names another file', () => {
    const record = parse(claim, 'claims/c2');
    expect(record).toMatchObject({ kind: 'unreadable', id: 'c2', reason: 'it names "c1", its file c2' });
  });

  test('is an agent under another name', () => {
    const agent = {
      ...{ v: 1, id: 'u1', kind: 'agent', agent: 'ada', at: claim.at, uid: 'u1' },
      ...{ state: 'active', lastSeen: claim.at },
    };
    expect(parse(agent, 'agents/ada')).toEqual(agent);
    expect(parse(agent, 'agents/bob').kind).toBe('unreadable');
  });

  test('is what lies in a folder that has no kind', () => {
    expect(parse(claim, 'elsewhere/c1')).toMatchObject({ kind: 'unreadable', paths: [] });
  });

  test('is what was no YAML', () => {
    expect(parseRecord('claims/c1', { ok: false, reason: 'line 1: a tag' })).toEqual({
      kind: 'unreadable',
      id: 'c1',
      reason: 'line 1: a tag',
      paths: ['**'],
    });
  });
});

describe('the paths of a claim that cannot be read', () => {
  test.each([
    [{ ...claim, mode: 'sole' }, ['src', 'lib']],
    [{ ...claim, id: 'c2' }, ['src', 'lib']],
    [{ ...claim, paths: ['src', 7] }, ['src']],
    [{ ...claim, paths: [7] }, ['**']],
    [{ ...claim, paths: 'src' }, ['**']],
    [null, ['**']],
    ['text', ['**']],
  ])('of %j are %j', (value, paths) => {
    expect(parse(value)).toMatchObject({ kind: 'unreadable', paths });
  });
});

describe('as it is written', () => {
  test('fields come in the order of the schema, unknown ones after them in the order they came', () => {
    const { v, id, ...rest } = claim;
    const shuffled = { zeta: 1, ...rest, why: 'tests', alpha: 2, id, v } as unknown as ClaimRecord;
    expect(Object.keys(inFieldOrder(shuffled))).toEqual([
      ...['v', 'id', 'kind', 'agent', 'at', 'uid', 'paths', 'mode', 'why'],
      ...['since', 'expires', 'leaseSeconds', 'token', 'zeta', 'alpha'],
    ]);
  });

  test('what is undefined is left out', () => {
    const record = { ...claim, why: undefined, later: undefined } as unknown as ClaimRecord;
    expect(inFieldOrder(record)).toEqual(claim);
    expect(Object.keys(inFieldOrder(record))).not.toContain('later');
  });

  test('a field of any name stays', () => {
    const record = { ...claim, constructor: 1, toString: 'x', hasOwnProperty: 2 } as unknown as ClaimRecord;
    expect(inFieldOrder(record)).toEqual({ ...claim, constructor: 1, toString: 'x', hasOwnProperty: 2 });
  });
});
