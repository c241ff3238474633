import { expect, test } from 'vitest';
import type { ClaimRecord, MessageRecord } from '../../src/domain/record/record.ts';
import type { Change } from '../../src/domain/view.ts';
import type { Answer, History, Move } from './history.ts';
import { findings } from './laws.ts';

let counter = 0;

function claim(uid: string, path: string, rest: Partial<ClaimRecord> = {}): ClaimRecord {
  counter += 1;
  const at = '2026-03-01T09:00:00.000Z';
  return {
    ...{ v: 1, id: `c${counter}`, kind: 'claim', agent: uid, uid, at, since: at, expires: at, leaseSeconds: 60 },
    ...{ paths: [path], mode: 'exclusive', token: `1.${counter}` },
    ...rest,
  };
}

const comes = (after: ClaimRecord): Change => ({ path: `claims/${after.id}`, before: undefined, after });
const goes = (before: ClaimRecord): Change => ({ path: `claims/${before.id}`, before, after: undefined });
const commit = (...changes: readonly Change[]): Move => ({ kind: 'commit', commit: 'oid', op: 'claim', changes });
const history = (authority: readonly Move[], answers: readonly Answer[] = []): History => ({ authority, answers });

test('claims one after the other, and shared ones beside each other, break no law', () => {
  const first = claim('ada', 'src');
  const second = claim('bob', 'src/a.ts');
  const shared = ['ada', 'bob'].map((uid) => claim(uid, 'lib', { mode: 'shared' }));
  const moves = [
    commit(comes(first)),
    commit(goes(first), comes(second)),
    ...shared.map((each) => commit(comes(each))),
  ];
  expect(findings(history(moves))).toEqual([]);
});

test('two claims that exclude each other are found, though the first is gone at the end', () => {
  const first = claim('ada', 'src');
  const second = claim('bob', 'src/a.ts');
  expect(findings(history([commit(comes(first)), commit(comes(second)), commit(goes(first))]))).toEqual([
    `Point 2: ${second.id} of bob on src/a.ts was granted beside ${first.id} of ada on src.`,
  ]);
});

test('a lease that was taken over early by another machine is found; its holder, its own machine and time may end it', () => {
  const held = claim('ada', 'src', { host: 'one' });
  const at = (seconds: number, uid: string, ...changes: readonly Change[]): Move => ({
    ...{ kind: 'commit', commit: 'oid', op: 'claim', changes },
    came: { uid, atMs: seconds * 1000 },
  });
  const takenBy = (uid: string, host: string, seconds: number) => {
    const taker = claim('bob', 'src', { host });
    return findings(history([at(0, 'ada', comes(held)), at(seconds, uid, goes(held), comes(taker))]));
  };
  expect(takenBy('bob', 'two', 59)).toEqual([
    expect.stringMatching(/^Point 2: c\d+ of bob on src took over c\d+ of ada on src 59s into its lease\.$/),
  ]);
  expect([takenBy('bob', 'two', 60), takenBy('ada', 'two', 1), takenBy('bob', 'one', 1)]).toEqual([[], [], []]);
});

test('a claim that goes to another holder is granted anew', () => {
  const first = claim('ada', 'src', { mode: 'shared' });
  const second = claim('bob', 'src', { mode: 'shared' });
  const handed = { ...second, uid: 'cy', mode: 'exclusive' as const, token: '1.99' };
  const change = { path: `claims/${second.id}`, before: second, after: handed };
  expect(findings(history([commit(comes(first), comes(second)), commit(change)]))).toHaveLength(1);
});

test('a token that does not rise is found; what the branch lost is not compared with', () => {
  const [first, second, third] = ['1.1', '1.3', '1.2'].map((token, n) => claim('ada', `${n}`, { token })) as [
    ClaimRecord,
    ClaimRecord,
    ClaimRecord,
  ];
  const moves = [commit(comes(first)), commit(comes(second)), commit(comes(third))];
  expect(findings(history(moves))).toEqual([`Point 3: ${third.id} of ada on 2 has 1.2, after 1.3.`]);
  moves.splice(2, 0, { kind: 'rewound', commits: 1 });
  expect(findings(history(moves))).toEqual([]);
});

test('what was put back is not in the way of what comes then', () => {
  const [first, second] = [claim('ada', 'a'), claim('bob', 'a')];
  expect(findings(history([commit(comes(first)), { kind: 'rewound', commits: 0 }, commit(comes(second))]))).toEqual([]);
});

test('confirmed is true only of what was held between the question and the answer', () => {
  const held = claim('ada', 'a');
  const moves = [commit(comes(held)), commit(goes(held)), commit()];
  const told = (uid: string, during?: { from: number; to: number }): Answer => ({
    ...{ told: 'confirmed', claim: held.id, uid },
    ...(during && { during }),
  });
  expect(findings(history(moves, [told('ada'), told('ada', { from: 0, to: 1 })]))).toEqual([]);
  expect(findings(history(moves, [told('bob')]))).toHaveLength(1);
  expect(findings(history(moves, [told('ada', { from: 2, to: 3 })]))).toHaveLength(1);
});

test('an acknowledged record that is on the branch no more is found', () => {
  const message = { kind: 'message', id: 'm' } as MessageRecord;
  const moves = [commit({ path: 'messages/m', before: undefined, after: message })];
  const answers: Answer[] = [{ told: 'recorded', path: 'messages/m', uid: 'ada' }];
  expect(findings(history(moves, answers))).toEqual([]);
  expect(findings(history([...moves, { kind: 'rewound', commits: 0 }], answers))).toEqual([
    'messages/m of ada was acknowledged and is nowhere.',
  ]);
});

test('a provisional claim is granted in the end, or its holder is told', () => {
  const held = claim('ada', 'a');
  const answers: Answer[] = [{ told: 'provisional', claim: held.id, uid: 'ada' }];
  const about = { what: 'withdrawn', claims: [held.id] };
  const letter = { kind: 'message', id: 'm', about } as unknown as MessageRecord;
  expect(findings(history([commit(comes(held))], answers))).toEqual([]);
  expect(findings(history([commit({ path: 'messages/m', before: undefined, after: letter })], answers))).toEqual([]);
  expect(findings(history([], answers))).toHaveLength(1);
  expect(findings(history([], [...answers, { told: 'refused', claim: held.id, uid: 'ada' }]))).toEqual([]);
});
