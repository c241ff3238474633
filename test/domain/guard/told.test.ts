import { expect, test } from 'vitest';
import { defaultGuardPolicy } from '../../../src/domain/guard/policy.ts';
import { toldRefusal, toldShellChanges } from '../../../src/domain/guard/told.ts';
import { toldWelcome } from '../../../src/domain/guard/welcome.ts';

const nowMs = Date.parse('2026-03-01T09:00:00.000Z');
const rival = {
  id: 'c1',
  agent: 'bold-fox',
  uid: 'u1',
  mode: 'exclusive',
  expires: '2026-03-01T09:12:00.000Z',
  why: 'split login',
  branch: 'login',
  paths: ['src/auth.ts'],
  overlap: ['src/auth.ts'],
} as const;

test('a refusal names holder, reason, time left and three ways on', () => {
  expect(toldRefusal([rival], { nowMs, again: false })).toBe(
    'intercom: src/auth.ts is claimed by bold-fox on login for 12m more: split login. Nothing was written. Work on something else, wait for it (tool claim with wait_seconds, or git intercom claim src/auth.ts --wait), or ask bold-fox (tool ask, or git intercom ask bold-fox "…").',
  );
});

test('whose record cannot be read is not to be asked: doctor shows it', () => {
  const unreadable = {
    ...rival,
    agent: 'unknown',
    uid: null,
    expires: null,
    branch: null,
    why: 'its record cannot be read',
  };
  expect(toldRefusal([unreadable], { nowMs, again: false })).toBe(
    'intercom: src/auth.ts is held by claim c1, and its record cannot be read. Nothing was written. Work on something else, or run git intercom doctor: it shows the record and can set it aside.',
  );
  expect(toldShellChanges([unreadable], { nowMs })).toMatch(/If it was your command, undo it\.$/);
});

test('a warning says that the second try goes through', () => {
  expect(toldRefusal([rival], { nowMs, again: true })).toMatch(
    /do the same once more: it will not be held up again\.$/,
  );
});

test('many rivals are counted, not listed', () => {
  const rivals = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ ...rival, id, overlap: [`src/${id}.ts`] }));
  expect(toldRefusal(rivals, { nowMs, again: false })).toContain('2 more claims stand in the way.');
});

test('a path that one agent holds by two claims is named once', () => {
  const twice = [rival, { ...rival, id: 'c2', paths: ['src'] }];
  expect(toldRefusal(twice, { nowMs, again: false })).toBe(toldRefusal([rival], { nowMs, again: false }));
  expect(toldShellChanges(twice, { nowMs })).toBe(toldShellChanges([rival], { nowMs }));
});

test('what changed during a shell command is told as a fact, with whom to talk to', () => {
  expect(toldShellChanges([rival], { nowMs })).toBe(
    'intercom: src/auth.ts changed while your command ran. src/auth.ts is claimed by bold-fox on login for 12m more: split login. If it was your command, undo it or tell bold-fox (tool send, or git intercom send bold-fox "…").',
  );
});

test('a session is welcomed with its name, the rule, and who holds what', () => {
  const claims = [{ paths: ['src/auth.ts'], expires: '2026-03-01T09:12:00.000Z' }];
  const agents = [
    { name: 'me', live: true, activity: null, claims: [] },
    { name: 'bold-fox', live: true, activity: 'the login', claims },
    { name: 'gone', live: false, activity: null, claims: [] },
  ];
  expect(toldWelcome(agents, { nowMs, self: 'me', policy: defaultGuardPolicy })).toBe(
    [
      'intercom: you are me in this repository. An edit of what another agent claims is refused, and a free file is claimed by your first edit of it.',
      'Others here:',
      '- bold-fox holds src/auth.ts (12m left): the login',
    ].join('\n'),
  );
});

test('who was started by another session is told by whom, and whoever started one sees which', () => {
  const agents = [
    { name: 'me', live: true, activity: null, claims: [], startedBy: 'bold-fox' },
    { name: 'bold-fox', live: true, activity: null, claims: [] },
  ];
  const told = (self: string) => toldWelcome(agents, { nowMs, self, policy: defaultGuardPolicy });
  expect(told('me')).toContain(
    'The session of bold-fox started yours: put to it what you cannot decide (ask bold-fox, with decision).',
  );
  expect(told('bold-fox')).toContain('- me (started by you) holds nothing');
  expect(told('bold-fox')).not.toContain('started yours');
});

test('who is alone is told so', () => {
  const told = toldWelcome([], { nowMs, self: 'me', policy: { ...defaultGuardPolicy, edits: 'off' } });
  expect(told).toBe(
    'intercom: you are me in this repository. Edits are not held against the claims of others.\nNobody else is here now.',
  );
});
