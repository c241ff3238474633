import { expect, test } from 'vitest';
import { Draft } from '../../src/domain/draft.ts';
import { touches } from '../../src/domain/record/patterns.ts';
import type { AnyRecord, ClaimRecord, WaitingRecord } from '../../src/domain/record/record.ts';
import { View } from '../../src/domain/view.ts';
import { parsed } from './pattern/model.ts';

const at = '2026-03-01T09:00:00.000Z';

function claim(id: string, ...paths: string[]): ClaimRecord {
  return {
    ...{ v: 1, id, kind: 'claim', agent: 'ada', uid: 'u', at, since: at, mode: 'exclusive', paths },
    ...{ expires: at, leaseSeconds: 60, token: null },
  } as ClaimRecord;
}

function draftOver(...records: (AnyRecord & { id: string })[]): Draft {
  const view = new View({ ignoreCase: false });
  view.loadFolder('claims', new Map(records.map((record) => [record.id, record])));
  view.loadFolder('waiting', new Map());
  return new Draft(view);
}

test('what was written is read, what was removed is gone, and the view below stays as it was', () => {
  const draft = draftOver(claim('a', 'src'), claim('b', 'lib'));
  const changed = claim('a', 'docs');
  draft.put('claims/a', changed);
  draft.put('claims/c', claim('c', 'new'));
  draft.remove('claims/b');
  expect(draft.record('claims/a')).toBe(changed);
  expect(draft.record('claims/b')).toBeUndefined();
  expect([...draft.folder('claims')].map((record) => (record as ClaimRecord).id).sort()).toEqual(['a', 'c']);
  expect([...draft.view.folder('claims').keys()]).toEqual(['a', 'b']);
});

test('of several edits of one record the last counts, at the place of the first', () => {
  const draft = draftOver();
  draft.put('claims/a', claim('a', 'src'));
  draft.put('claims/b', claim('b', 'lib'));
  draft.remove('claims/a');
  expect(draft.edits()).toEqual([
    { path: 'claims/a', record: null },
    { path: 'claims/b', record: claim('b', 'lib') },
  ]);
});

test('overlapping claims are found in the edits and below them, each once, by id', () => {
  const draft = draftOver(claim('d', 'src/a.ts', 'src/b.ts'), claim('b', 'src'), claim('c', 'lib'));
  draft.put('claims/b', claim('b', 'docs'));
  draft.put('claims/a', claim('a', 'src/*'));
  draft.put('claims/c', claim('c', 'lib', 'src'));
  const ids = draft.claimsOverlapping([parsed('src/a.ts'), parsed('src/b.ts')]).map(({ id }) => id);
  expect(ids).toEqual(['a', 'c', 'd']);
});

test('places in the queue are found likewise', () => {
  const draft = draftOver();
  draft.put('waiting/w', { ...claim('w', 'src'), kind: 'waiting', ticket: 1 } as unknown as WaitingRecord);
  expect(draft.waitingOverlapping([parsed('src/a.ts')]).map(({ id }) => id)).toEqual(['w']);
  draft.remove('waiting/w');
  expect(draft.waitingOverlapping([parsed('src/a.ts')])).toEqual([]);
});

test('a folder leaves out what cannot be read', () => {
  const draft = draftOver({ kind: 'unreadable', id: 'x', reason: 'r', paths: ['src'] }, claim('a', 'src'));
  expect([...draft.folder('claims')]).toHaveLength(1);
  expect(draft.record('claims/x')?.kind).toBe('unreadable');
  expect(draft.claimsOverlapping([parsed('src')]).map(({ id }) => id)).toEqual(['a', 'x']);
});

test('a path that is no pattern touches everything', () => {
  expect(touches({ paths: ['../x'] }, [parsed('src')], { ignoreCase: false })).toBe(true);
  expect(touches({ paths: ['lib', 'src/a.ts'] }, [parsed('src')], { ignoreCase: false })).toBe(true);
  expect(touches({ paths: ['lib'] }, [parsed('src')], { ignoreCase: false })).toBe(false);
});
