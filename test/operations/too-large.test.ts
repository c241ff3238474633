import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Intercom, openIntercom } from '../../src/index.ts';

let dir: string;
let ada: Intercom;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'intercom-large-'));
  execFileSync('git', ['init', '--quiet', dir]);
  ada = await openIntercom({ dir, agent: 'ada' });
});
afterEach(async () => {
  await ada.close();
  rmSync(dir, { recursive: true, force: true });
});

async function textsToMyself(): Promise<string[]> {
  const mail = await ada.peek({});
  return mail.status === 'done' ? mail.value.messages.map(({ text }) => text) : [];
}

test('the longest message that is accepted can be read again, whatever its lines are', async () => {
  await ada.status({ activity: 'here' });
  const longest = ['a\n', '\u{1f600}', '"\\', ' \t'].map((part) => {
    const times = Math.floor(65_535 / Buffer.byteLength(part));
    return `${part.repeat(times)}.`;
  });
  for (const text of longest) expect(await ada.send({ to: ['ada'], text })).toMatchObject({ status: 'done' });
  expect(await textsToMyself()).toEqual(longest);
});

test('attached lines count as text of the message', async () => {
  await ada.status({ activity: 'here' });
  const attachments = Array.from({ length: 8 }, (_, n) => ({
    path: `f${n}`,
    from: 1,
    to: 9,
    text: 'x'.repeat(20_000),
  }));
  const answer = await ada.send({ to: ['ada'], text: 'see', attachments });
  expect(answer).toMatchObject({ status: 'refused', refusal: { code: 'too-large', data: { bytes: 160_003 } } });
  expect(await textsToMyself()).toEqual([]);
});

test('a record that no reader would take is not written', async () => {
  await ada.status({ activity: 'here' });
  // Lines of one character, deep below other fields, grow fourfold by their indentation.
  const attachments = [{ path: 'f', from: 1, to: 9, text: 'a\n'.repeat(32_700) }];
  const sending = ada.send({ to: ['ada'], text: 'see', attachments }).catch((thrown: unknown) => thrown);
  const outcome = (await sending) as { status?: string; code?: string };
  if (outcome.status === 'done') expect(await textsToMyself()).toEqual(['see']);
  else expect(outcome.code).toBe('too-large');
});
