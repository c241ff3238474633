/** Of an overdue message a person sees what it says, and not which hidden agent it went to. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { envOfPerson } from '../person.ts';
import { removeFolder } from '../remove-folder.ts';
import { command } from '../store/git/coordination.ts';

test('neither the list nor peek names it, quick or not, but to its sender and to itself', () => {
  const dir = mkdtempSync(join(tmpdir(), 'intercom-overdue-'));
  onTestFinished(() => removeFolder(dir));
  execFileSync('git', ['init', '--quiet', dir]);
  mkdirSync(join(dir, '.intercom'));
  writeFileSync(join(dir, '.intercom/config.yaml'), 'escalation:\n  ackOverdue: 30m\n');
  let clock = '2026-11-22T02:00:00Z';
  const max = envOfPerson(join(dir, '.git'), 'max');
  const as = (agent: string, ...words: string[]) => {
    const who = agent === 'max' ? max : { INTERCOM_AGENT: agent };
    return command(dir, words, { ...who, INTERCOM_TEST_CLOCK: clock, CLAUDE_CODE_SESSION_ID: '' });
  };
  as('owl', 'status', '--visibility', 'hidden', 'here');
  as('fox', 'send', 'owl', 'look', '--ack');
  clock = '2026-11-22T02:40:00Z';
  as('max', 'status', 'here');
  const to = (agent: string, ...words: string[]) =>
    JSON.parse(as(agent, ...words, '--json').out).escalations.map((each: { to: unknown }) => each.to);
  expect(to('max', 'escalations')).toEqual([['(hidden)']]);
  expect(to('fox', 'escalations')).toEqual([['owl']]);
  expect(to('owl', 'escalations')).toEqual([['owl']]);
  // A plain policy is answered quickly.
  expect(to('max', 'peek', '--no-mark')).toEqual([['(hidden)']]);
  writeFileSync(join(dir, '.intercom/config.yaml'), '');
  expect(to('max', 'peek', '--no-mark')).toEqual([['(hidden)']]);
  expect(to('fox', 'peek', '--no-mark')).toEqual([['owl']]);
});
