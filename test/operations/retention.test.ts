/** What the retention takes out of the tree: everything of it is found, read and answered as before. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { doneBy, Place } from './place.ts';

test('threads that left the tip are found, read and shown with their receipts as before', async () => {
  const place = new Place();
  await place.as('bob', 0, (bob) => bob.status({ state: 'active' }));
  const { message } = doneBy(await place.as('ada', 1, (ada) => ada.send({ to: ['bob'], text: 'is the port open?' })));
  const answer = doneBy(
    await place.as('bob', 2, (bob) => bob.reply({ id: message.id, text: 'it is', done: true })),
  ).message;
  await place.as('ada', 3, (ada) => ada.ack({ all: true }));
  const look = (minute: number) =>
    place.as('ada', minute, async (ada) => [
      doneBy(await ada.thread({ id: message.id.slice(-7) })),
      doneBy(await ada.thread({ id: answer.id })),
      doneBy(await ada.receipts({ id: message.id })),
      doneBy(await ada.search({ words: ['port'] })),
    ]);
  const before = await look(4);
  expect(before[0]).toMatchObject({
    messages: [{ text: 'is the port open?', state: 'completed' }, { text: 'it is' }],
    earlier: null,
  });
  expect(await removedBy(place, 5)).toBe(0);
  config(place, 'retention:\n  messages: 2m\n');
  expect(await removedBy(place, 6)).toBeGreaterThanOrEqual(5);
  expect(git(place, ['ls-tree', '-r', '--name-only', 'intercom'])).not.toMatch(/messages|threads|receipts/);
  expect(await look(7)).toEqual(before);
  expect(await removedBy(place, 8)).toBe(0);
});

test('a message of the history alone is answered in its thread; it cannot be escalated nor superseded, and that is said', async () => {
  const place = new Place();
  await place.as('bob', 0, (bob) => bob.status({ activity: 'reading' }));
  const { message } = doneBy(await place.as('ada', 1, (ada) => ada.send({ to: ['bob'], text: 'is the port open?' })));
  await place.as('bob', 2, (bob) => bob.ack({ ids: [message.id] }));
  config(place, 'retention:\n  messages: 2m\n');
  expect(await removedBy(place, 6)).toBeGreaterThan(0);
  const typed = message.id.slice(-7);
  const over = /is over: everybody had acknowledged it/;
  const refused = { status: 'refused', refusal: { code: 'unknown-message', message: expect.stringMatching(over) } };
  expect(await place.as('bob', 7, (bob) => bob.escalate({ id: typed }))).toMatchObject(refused);
  const again = { to: ['bob'], text: 'port 80', supersedes: typed };
  const answer = await place.as('ada', 8, (ada) => ada.send(again));
  expect(answer).toMatchObject(refused);
  expect(answer).toMatchObject({ refusal: { next: expect.stringContaining(`send --thread ${message.id}`) } });
  const replied = doneBy(await place.as('bob', 9, (bob) => bob.reply({ id: typed, text: 'it is', done: true })));
  expect(replied.message).toMatchObject({ thread: message.id, to: ['ada'], replyTo: message.id });
  const thread = doneBy(await place.as('ada', 10, (ada) => ada.thread({ id: replied.message.id })));
  expect(thread.messages).toMatchObject([{ text: 'is the port open?', state: 'completed' }, { text: 'it is' }]);
  const going = doneBy(await place.as('ada', 11, (ada) => ada.send({ to: ['bob'], text: 'thanks', thread: typed })));
  expect(going.message.thread).toBe(message.id);
});

function git(place: Place, args: readonly string[], input?: string): string {
  return execFileSync('git', args, { cwd: place.dir, encoding: 'utf8', input });
}

function config(place: Place, text: string): void {
  mkdirSync(join(place.dir, '.intercom'), { recursive: true });
  writeFileSync(join(place.dir, '.intercom/config.yaml'), text);
}

/** By the command, as whoever maintains does it. */
async function removedBy(place: Place, minute: number): Promise<number> {
  const env = { ...process.env, INTERCOM_TEST_CLOCK: `2026-03-01T09:${String(minute).padStart(2, '0')}:00.000Z` };
  const words = [fileURLToPath(new URL('../../dist/bin.cjs', import.meta.url)), '--agent', 'ada', 'gc', '--json'];
  return JSON.parse(execFileSync(process.execPath, words, { cwd: place.dir, encoding: 'utf8', env })).removed;
}
