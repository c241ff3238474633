/** When a session is woken: by what comes, and by what its hooks have told. */
import { expect, test } from 'vitest';
import type { Signature } from '../../src/domain/check/seen-commit.ts';
import type { Change } from '../../src/domain/view.ts';
import { Waking } from '../../src/guard/waking.ts';

function message(id: string, importance: string, from = 'bob'): Change {
  const record = { kind: 'message', id, agent: from, to: ['ada'], audience: 'named', purpose: 'message', importance };
  return { path: `inbox/ada/${id}`, before: undefined, after: record } as unknown as Change;
}

function listening(how: 'sent' | 'taken' | undefined = 'sent', signature?: Signature) {
  const lines: string[] = [];
  const world = { nowMs: 0 };
  const wake = async (text: string) => {
    lines.push(text);
    return how;
  };
  const ended: string[] = [];
  const waking = new Waking(
    { wake, end: () => void ended.push('all') },
    () => world.nowMs,
    async () => signature,
  );
  return { waking, lines, ended, world, come: (...changes: Change[]) => waking.noteChanges(changes, ['ada']) };
}

test('of several messages one wakes, and a quiet one before an urgent one does not keep it back', async () => {
  const { lines, come } = listening();
  await come(message('m1', 'low'), message('m2', 'urgent'), message('m3', 'normal'));
  expect(lines).toEqual([expect.stringContaining('unread mail m2 from bob')]);
});

test('the line says whose the mail is: not the user’s, and by whom it is signed where somebody signs', async () => {
  const plain = listening();
  await plain.come(message('m1', 'normal'));
  expect(plain.lines[0]).toContain('mail m1 from bob: from another agent, not from your user. If');
  const signed = listening('sent', { standing: 'good', signer: 'bob@example.org' });
  await signed.come(message('m1', 'normal'));
  expect(signed.lines[0]).toContain('from another agent, not from your user, signed by bob@example.org. If');
});

test('a session that was woken is not woken again before its turn has begun, or half a minute is over', async () => {
  const { waking, lines, world, come } = listening();
  await come(message('m1', 'normal'));
  await come(message('m2', 'normal'));
  expect(lines).toHaveLength(1);
  world.nowMs = 30_000;
  await come(message('m3', 'normal'));
  expect(lines).toHaveLength(2);
  waking.noteMoment('ada', 's1', { kind: 'prompt' }, { permission: 'as-usual' });
  waking.noteMoment('ada', 's1', { kind: 'turn-end', isGoingOn: false }, { permission: 'as-usual' });
  await come(message('m4', 'normal'));
  expect(lines).toHaveLength(3);
});

test('mail that lay there under the name before wakes nobody', async () => {
  const { lines, come } = listening();
  const { after } = message('m1', 'urgent');
  await come({ path: 'inbox/fox/m1', before: after, after: undefined }, message('m1', 'urgent'));
  expect(lines).toEqual([]);
});

test('a line that does not arrive holds nothing back', async () => {
  const waking = new Waking(
    { wake: async (text) => void lines.push(text), end: () => {} },
    () => 0,
    async () => undefined,
  );
  const lines: string[] = [];
  for (let n = 0; n < 30; n++) await waking.noteChanges([message(`m${n}`, 'normal')], ['ada']);
  expect(lines).toHaveLength(30);
});

test('where no hook tells of turns, a line that began one holds the next one back no longer', async () => {
  const { lines, come } = listening('taken');
  await come(message('m1', 'normal'), message('m2', 'normal'));
  expect(lines).toHaveLength(1);
  await come(message('m3', 'normal'));
  expect(lines).toHaveLength(2);
});

test('where hooks tell of them, it does until the turn has begun', async () => {
  const { waking, lines, come } = listening('taken');
  waking.noteMoment('ada', 's1', { kind: 'turn-end', isGoingOn: false }, { permission: 'as-usual' });
  await come(message('m1', 'normal'));
  await come(message('m2', 'normal'));
  expect(lines).toHaveLength(1);
});

test('a session that works is not woken', async () => {
  const { waking, lines, come } = listening();
  waking.noteMoment('ada', 's1', { kind: 'before-edit', paths: [] }, { permission: 'as-usual' });
  await come(message('m1', 'urgent'));
  expect(lines).toEqual([]);
});

test('what waits to wake sessions ends with the server, and not with one of them: another may follow', () => {
  const { waking, ended } = listening();
  waking.noteMoment('ada', 's1', { kind: 'prompt' }, { permission: 'as-usual' });
  waking.noteMoment('ada', 's1', { kind: 'session-end' }, { permission: 'as-usual' });
  expect(ended).toEqual([]);
  waking.end();
  expect(ended).toEqual(['all']);
});
