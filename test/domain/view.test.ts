import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyRecord, ClaimRecord, WaitingRecord } from '../../src/domain/record/record.ts';
import { NotLoaded, View } from '../../src/domain/view.ts';
import { parsed } from './pattern/model.ts';

const options = { ignoreCase: false };

function claim(id: string, parts: Partial<ClaimRecord> = {}): ClaimRecord {
  const at = '2026-03-01T09:00:00.000Z';
  return {
    ...{ v: 1, id, kind: 'claim', agent: 'ada', uid: 'u', at, since: at, mode: 'exclusive', paths: ['src'] },
    ...{ expires: '2026-03-01T09:30:00.000Z', leaseSeconds: 1800, token: '1.1', ...parts },
  } as ClaimRecord;
}

function loaded(records: readonly AnyRecord[]): View {
  const view = new View(options);
  view.loadFolder('claims', new Map(records.map((record) => [(record as ClaimRecord).id, record])));
  return view;
}

describe('what is not loaded', () => {
  test('is asked for: the folder as a whole, or one record by its path', () => {
    const view = new View(options);
    const wanted = (question: () => unknown) => {
      try {
        question();
      } catch (thrown) {
        if (thrown instanceof NotLoaded) return thrown.wanted;
      }
      return 'nothing';
    };
    const folder = { folder: 'claims' };
    expect(wanted(() => view.folder('claims'))).toEqual(folder);
    expect(wanted(() => view.claimsOverlapping(parsed('src')))).toEqual(folder);
    expect(wanted(() => view.claimsOver('2026'))).toEqual(folder);
    expect(wanted(() => view.offers())).toEqual(folder);
    expect(wanted(() => view.waitingOverlapping(parsed('src')))).toEqual({ folder: 'waiting' });
    expect(wanted(() => view.record('messages/m'))).toEqual({ path: 'messages/m' });
  });

  test('many at once are asked for together, and a loaded folder has its names and records', () => {
    const view = new View(options);
    view.loadFolder('claims', new Map());
    view.loadRecord('messages/a', undefined);
    const wanted = (question: () => unknown) => {
      try {
        question();
      } catch (thrown) {
        if (thrown instanceof NotLoaded) return thrown.wanted;
      }
      return 'nothing';
    };
    expect(wanted(() => view.names('asks', 'claims', 'keys'))).toEqual({
      folder: 'asks',
      isForNames: true,
      more: ['keys'],
    });
    expect(wanted(() => view.expectRecords(['messages/a', 'messages/b', 'claims/c', 'messages/d']))).toEqual({
      path: 'messages/b',
      more: ['messages/d'],
    });
    view.loadNames('asks', ['x', 'y']);
    view.apply([{ path: 'asks/x', after: undefined }]);
    expect(view.names('asks', 'claims')).toEqual(['y']);
    view.forgetRecords();
    expect(wanted(() => view.names('asks'))).toEqual({ folder: 'asks', isForNames: true, more: [] });
  });

  test('is known to be absent once it was looked for', () => {
    const view = new View(options);
    view.loadRecord('messages/m', undefined);
    expect(view.record('messages/m')).toBeUndefined();
    view.loadFolder('claims', new Map());
    expect(view.record('claims/c')).toBeUndefined();
    expect([...view.loadedFolders()]).toEqual(['claims']);
    expect([view.isLoaded('claims'), view.isLoaded('messages')]).toEqual([true, false]);
  });

  test('is passed over by changes', () => {
    const view = new View(options);
    view.apply([{ path: 'claims/c', after: claim('c') }]);
    expect(() => view.record('claims/c')).toThrow();
  });
});

test('a single record follows the tip, until it is forgotten', () => {
  const view = new View(options);
  view.loadRecord('claims/c', claim('c'));
  view.apply([{ path: 'claims/c', after: claim('c', { why: 'tests' }) }]);
  expect(view.record('claims/c')).toMatchObject({ why: 'tests' });
  view.apply([{ path: 'claims/c', after: undefined }]);
  expect(view.record('claims/c')).toBeUndefined();
  view.forgetRecords();
  expect(() => view.record('claims/c')).toThrow();
});

test('a folder that is loaded later has the last word on its records', () => {
  const view = new View(options);
  view.loadRecord('claims/c', claim('c', { why: 'old' }));
  view.loadFolder('claims', new Map([['c', claim('c', { why: 'new' })]]));
  expect(view.record('claims/c')).toMatchObject({ why: 'new' });
});

test('a place in the queue is found by its paths', () => {
  const view = new View(options);
  const waiting = { ...claim('w'), kind: 'waiting', ticket: 1, paths: ['src/*.ts'] } as unknown as WaitingRecord;
  view.loadFolder('waiting', new Map([['w', waiting]]));
  expect([...view.waitingOverlapping(parsed('src/a.ts'))]).toEqual(['w']);
  expect([...view.waitingOverlapping(parsed('lib'))]).toEqual([]);
});

const instant = fc.integer({ min: 10, max: 20 }).map((minute) => `2026-03-01T09:${minute}:00.000Z`);
const record = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  {
    weight: 6,
    arbitrary: fc.record({
      paths: fc.subarray(['src', 'src/a.ts', '**/*.ts', 'port:1', '../x'], { minLength: 1 }),
      expires: instant,
      offeredUntil: fc.option(instant, { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.constant('unreadable' as const) },
);

test('a view that followed every change answers like one that was loaded at the end', () => {
  const step = fc.record({ id: fc.constantFrom('c1', 'c2', 'c3', 'c4'), record, ask: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const followed = loaded([]);
      const records = new Map<string, AnyRecord>();
      for (const { id, record, ask } of steps) {
        const after: AnyRecord | undefined =
          record === 'unreadable'
            ? { kind: 'unreadable', id, reason: 'x', paths: ['src'] }
            : record && claim(id, record);
        if (after === undefined) records.delete(id);
        else records.set(id, after);
        followed.apply([{ path: `claims/${id}`, after }]);
        if (ask) followed.claimsOver('2026-03-01T09:15:00.000Z');
      }
      const fresh = loaded([...records.values()]);
      expect(answers(followed)).toEqual(answers(fresh));
      const over = [...records.values()].filter(
        (each) =>
          each.kind === 'claim' &&
          [each.expires, each.offeredUntil].some((end) => end && end <= '2026-03-01T09:15:00.000Z'),
      );
      expect(answers(fresh).over).toEqual(over.map((each) => (each as ClaimRecord).id).sort());
    }),
  );
});

function answers(view: View) {
  const sorted = (ids: Iterable<string>) => [...new Set(ids)].sort();
  return {
    over: sorted(view.claimsOver('2026-03-01T09:15:00.000Z').map(({ id }) => id)),
    offers: sorted(view.offers()),
    overlapping: ['src/a.ts', 'src', 'lib/a.ts', 'docs', 'port:1'].map((path) =>
      sorted(view.claimsOverlapping(parsed(path))),
    ),
  };
}
