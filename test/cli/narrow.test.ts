/** What is shown in a window of 80 columns: nothing that somebody has to know is cut away. */
import { expect, test } from 'vitest';
import { renderClaims } from '../../src/cli/render/claims.ts';
import { aligned, alignedOrBelow, type Paint, paintFor, widthOf } from '../../src/cli/terminal.ts';
import type { ShownClaim } from '../../src/domain/claim/present.ts';

const painted = (paint: Paint) => [
  ['a1', paint('cyan', 'ada'), 'src/auth.ts', 'split the login'],
  ['b2', paint('cyan', 'bold-fox'), 'docs', ''],
];
const plain = painted(paintFor(false, {}));
const rows = painted(paintFor(false, { FORCE_COLOR: '1' }));

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

test('the reason of a claim is read whole beside a long branch', () => {
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
  const telling = { terminal, nowMs: Date.parse('2026-03-02T09:00:00.000Z'), self: 'ada' };
  expect(renderClaims([claim], [], telling as Parameters<typeof renderClaims>[2]).split('\n')).toEqual([
    'mysjn2s  bold-fox  src/auth.ts and src/session.ts  30m left, on feature/login-w…',
    '         split the login from the session',
  ]);
});
