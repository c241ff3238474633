import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Intercom, openIntercom } from '../../src/index.ts';
import { removeFolder } from '../remove-folder.ts';

let dir: string;
let ada: Intercom;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'intercom-large-'));
  execFileSync('git', ['init', '--quiet', dir]);
  ada = await openIntercom({ dir, agent: 'ada' });
});
afterEach(async () => {
  await ada.close();
  removeFolder(dir);
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
  const accepted: string[] = [];
  for (const text of longest) {
    const answer = await ada.send({ to: ['ada'], text });
    if (answer.status === 'done') accepted.push(text);
    else expect(answer).toMatchObject({ refusal: { code: 'too-large' } });
  }
  expect(accepted.length).toBeGreaterThan(1);
  expect(await textsToMyself()).toEqual(accepted);
});

test('attached lines are read again with their message, or refused with it', async () => {
  await ada.status({ activity: 'here' });
  const attach = (count: number, bytes = 20_000) =>
    Array.from({ length: count }, (_, n) => ({ path: `f${n}`, from: 1, to: 9, text: 'x'.repeat(bytes) }));
  const key = 'the files';
  expect(await ada.send({ to: ['ada'], text: 'all', attachments: attach(20), key })).toMatchObject({ status: 'done' });
  const refusal = { code: 'too-large' };
  expect(await ada.send({ to: ['ada'], text: 'more', attachments: attach(20, 30_000) })).toMatchObject({ refusal });
  expect(await textsToMyself()).toEqual(['all']);
  const again = await ada.send({ to: ['ada'], text: 'all', attachments: attach(20), key });
  expect(again).toMatchObject({ value: { message: { attachments: attach(20) } } });
});
