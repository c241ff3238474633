/** What is shown in a window of 80 columns: nothing that somebody has to know is cut away. */
import { expect, test } from 'vitest';
import { aligned, alignedOrBelow, widthOf } from '../../src/cli/columns.ts';
import type { Telling } from '../../src/cli/command.ts';
import { renderClaims } from '../../src/cli/render/claims.ts';
import { type Paint, paintFor } from '../../src/cli/terminal.ts';
import type { ShownClaim, ShownWaiting } from '../../src/domain/claim/present.ts';

const painted = (paint: Paint) => [
  ['a1', paint('cyan', 'ada'), 'src/auth.ts', 'split the login'],
  ['b2', paint('cyan', 'bold-fox'), 'docs', ''],
];
const plain = painted(paintFor(false, {}));
const rows = painted(paintFor(false, { FORCE_COLOR: '1' }));

const claim = {
  id: '1m80x8ctmmysjn2s',
  agent: 'bold-fox',
  paths: ['src/auth.ts', 'src/session.ts'],
  expires: '2026-03-02T09:30:00.000Z',
  offeredUntil: null,
  mode: 'exclusive',
  state: 'confirmed',
  branch: 'feature/login-with-a-cookie',
  why: 'split the login from the session',
  worktree: null,
  token: '1.1',
  lapsed: false,
  uid: 'u1',
  since: '2026-03-02T09:00:00.000Z',
} as const satisfies ShownClaim;
const terminal = {
  columns: 80,
  rows: 40,
  paint: paintFor(false, {}),
  out: () => {},
  err: () => {},
  isInteractive: true,
};
const telling = { terminal, nowMs: Date.parse('2026-03-02T09:00:00.000Z'), self: 'ada' } satisfies Telling;

const waiting = {
  id: '1m80x8ctmmysjn2t',
  agent: 'calm-owl',
  uid: 'u2',
  paths: ['src/b.ts'],
  mode: 'exclusive',
  why: null,
  branch: 'main',
  since: '2026-03-02T08:55:00.000Z',
  expires: '2026-03-02T09:30:00.000Z',
  ticket: 1,
} as const satisfies ShownWaiting;

test('rows that fit stand in columns, and what is too long is cut at the end of the window', () => {
  expect(alignedOrBelow(rows, 80)).toEqual(aligned(rows, 80));
  expect(aligned(rows, 30).map(widthOf)).toEqual([30, 18]);
  expect(aligned(rows, 30)[0]?.endsWith('sp…\u001b[0m')).toBe(true);
});

test('of a row that does not fit the last cell stands below, and the others stay in their columns', () => {
  expect(alignedOrBelow(plain, 30)).toEqual(['a1  ada       src/auth.ts', '    split the login', 'b2  bold-fox  docs']);
  expect(alignedOrBelow(rows, 16).map(widthOf)).toEqual([16, 16, 16]);
  expect(alignedOrBelow([['only one cell']], 6)).toEqual(['only …']);
});

test('letters that take two columns are counted so, and none is cut in two', () => {
  expect(['日本語', 'é', 'e\u0301', '👩‍💻', 'ab'].map(widthOf)).toEqual([6, 1, 1, 2, 2]);
  const wide = [
    ['a1', '日本語', 'x'],
    ['b2', 'abc', 'y'],
  ];
  expect(aligned(wide, 80)).toEqual(['a1  日本語  x', 'b2  abc     y']);
  expect(aligned(wide, 8)).toEqual(['a1  日…', 'b2  abc…']);
});

test('the column that gives way leaves the next one what it needs, down to where it would say nothing', () => {
  const long = [
    ['a1', 'src/components/dashboard/RevenueChart.tsx', '30m left', 'charts'],
    ['b2', 'b.ts', 'waiting for 5m', ''],
  ];
  expect(alignedOrBelow(long, 40, { column: 1, kept: 20 })).toEqual([
    'a1  src/components/dash…  30m left',
    '    charts',
    'b2  b.ts                  waiting for 5m',
  ]);
  expect(alignedOrBelow(long, 100, { column: 1, kept: 20 })).toEqual(alignedOrBelow(long, 100));
  expect(alignedOrBelow(long, 24, { column: 1, kept: 20 })[2]).toBe('b2  b.ts              w…');
});

test('how long a claim is held, and who waits, is read beside the longest paths', () => {
  const paths = [
    'src/components/dashboard/widgets/RevenueChart.tsx',
    'src/components/dashboard/widgets/RevenueTable.tsx',
  ];
  const shown = renderClaims([{ ...claim, paths }], [waiting], telling).split('\n');
  expect(shown.filter((line) => widthOf(line) > 80)).toEqual([]);
  expect(shown.join('\n')).toContain('30m left');
  expect(shown.join('\n')).toContain('waiting for 5m');
});

test('the reason of a claim is read whole beside a long branch', () => {
  expect(renderClaims([claim], [], telling).split('\n')).toEqual([
    'mysjn2s  bold-fox  src/auth.ts and src/session.ts  30m left, on feature/login-w…',
    '         split the login from the session',
  ]);
});
