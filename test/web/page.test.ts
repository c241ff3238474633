/** The page's server, by the built command over real HTTP: what it shows, and what is done by it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PagePlace } from './page-place.ts';

let place: PagePlace;
beforeEach(() => {
  place = new PagePlace();
  place.run('start');
});
afterEach(() => place.remove());

function escalate(text = 'May I drop the table?'): string {
  return place.json('escalate', text, '--agent', 'bold-fox').escalation.id;
}

test('ui prints one address, and ends well on an interrupt', async () => {
  const address = await place.serve();
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
  expect(place.said.out).toBe(`${address}\n`);
  expect(await place.end()).toBe(0);
  expect(place.said.err).toMatch(/Ctrl-C ends it\.\n$/);
});

test('ui --json prints the address alone', async () => {
  const address = await place.serve(['--json']);
  expect(JSON.parse(place.said.out)).toEqual({ address });
  expect(await place.end('SIGTERM')).toBe(0);
  expect(place.said.err).toBe('');
});

test('a port that is taken, and one that there is not, are said', async () => {
  await place.serve();
  const taken = place.host.split(':')[1] as string;
  const { status, stderr } = place.try(['ui', '--port', taken]);
  expect({ status, stderr }).toEqual({
    status: 3,
    stderr: `error: Port ${taken} is in use.\nnext:  Choose another with --port, or leave it out: then one that is free is found.\n`,
  });
  expect(place.try(['ui', '--port', '70000'])).toMatchObject({ status: 2, stderr: expect.stringContaining('70000') });
  expect(place.try(['ui', 'now'])).toMatchObject({ status: 2 });
});

test('port 0 is one that is free', async () => {
  await place.serve(['--port', '0']);
  expect(Number(place.host.split(':')[1])).toBeGreaterThan(0);
});

/** A PATH that has git, and one program besides. */
function pathWith(program: string, text: string): string {
  const folder = join(place.folder, 'bin');
  mkdirSync(folder);
  symlinkSync(execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim(), join(folder, 'git'));
  writeFileSync(join(folder, program), text, { mode: 0o755 });
  return folder;
}

test('--open gives the address to the program that opens a browser, without a shell', async (context) => {
  if (process.platform !== 'linux') return context.skip('xdg-open is of Linux');
  const seen = join(place.folder, 'seen');
  const address = await place.serve(['--open'], {
    PATH: pathWith('xdg-open', `#!/bin/sh\nprintf '%s|' "$@" > ${seen}\n`),
  });
  await place.end();
  expect(readFileSync(seen, 'utf8')).toBe(`${address}|`);
  expect(place.said.err).not.toContain('note:');
});

test('--open that finds no browser says so, and goes on', async () => {
  await place.serve(['--open'], { PATH: pathWith('other', '') });
  expect((await place.state()).self).toBe('dave');
  await place.end();
  expect(place.said.err).toMatch(/note: {2}\S+ could not be started: .* Open the address yourself\.\n/);
});

test('an escalation reaches an open page without a reload, and its answer there completes it', async () => {
  await place.serve();
  const states = place.states();
  expect((await states.next()).value.escalations).toEqual([]);
  const id = escalate();
  let seen = (await states.next()).value;
  while (seen.escalations.length === 0) seen = (await states.next()).value;
  expect(seen.escalations).toMatchObject([{ id, from: 'bold-fox', text: 'May I drop the table?' }]);
  const { status, body } = await place.act({ act: 'reply', ids: [id], text: 'No: there is no backup.' });
  expect({ status, body: JSON.parse(body) }).toEqual({
    status: 200,
    body: { message: `Sent to bold-fox. It closes the escalation ${id.slice(-7)}.` },
  });
  expect(place.json('escalations')).toEqual({ escalations: [] });
  expect(place.json('peek', '--agent', 'bold-fox').messages).toMatchObject([
    { from: 'dave', fromPerson: true, text: 'No: there is no backup.' },
  ]);
  while (seen.escalations.length > 0) seen = (await states.next()).value;
});

test('a page that is opened later is told what time it is then', async () => {
  await place.serve();
  await place.state();
  const openedMs = Date.now();
  expect(Date.parse((await place.state()).now)).toBeGreaterThanOrEqual(openedMs);
});

test('an escalation is closed without an answer', async () => {
  const id = escalate();
  await place.serve();
  expect(JSON.parse((await place.act({ act: 'done', ids: [id] })).body).message).toBe(`Done: ${id.slice(-7)}.`);
  expect(place.json('escalations')).toEqual({ escalations: [] });
});

test('an ask that is answered on the page is answered for whoever waits', async () => {
  place.run('status', 'here');
  expect(place.try(['ask', 'dave', 'Which port?', '--agent', 'bold-fox', '--wait', '1s']).status).toBe(4);
  const { id } = place.json('pending', '--agent', 'bold-fox').pending[0];
  await place.serve();
  const seen = await place.state(({ asks = [] }) => asks.length > 0);
  expect(seen).toMatchObject({ asks: [{ id, text: 'Which port?' }], mail: [] });
  expect(JSON.parse((await place.act({ act: 'reply', ids: [id], text: '8080' })).body).message).toContain(
    'answers the ask',
  );
  expect(place.json('ask', '--id', id, '--agent', 'bold-fox').answer.text).toBe('8080');
});

test('to look marks nothing as delivered, and acknowledging is what the person does', async () => {
  place.run('status', 'here');
  const { message } = place.json('send', 'dave', 'done with the login', '--agent', 'bold-fox');
  await place.serve();
  expect((await place.state(({ mail = [] }) => mail.length > 0)).mail).toMatchObject([
    { id: message.id, delivered: null },
  ]);
  expect(place.json('receipts', message.id, '--agent', 'bold-fox')).toMatchObject({ delivered: [], acknowledged: [] });
  expect((await place.act({ act: 'ack', ids: [message.id] })).status).toBe(200);
  expect(place.json('receipts', message.id, '--agent', 'bold-fox').acknowledged).toMatchObject([{ agent: 'dave' }]);
});

test('what is refused is a sentence with a way on, and what is no act is wrong', async () => {
  await place.serve();
  const refused = await place.act({ act: 'reply', ids: ['0000000'], text: 'yes' });
  expect(refused.status).toBe(409);
  expect(JSON.parse(refused.body)).toEqual({
    message: expect.stringMatching(/\.$/),
    next: expect.stringMatching(/\.$/),
  });
  for (const wrong of [
    '{',
    '[]',
    'null',
    '{"act":"drop","ids":["a"]}',
    '{"act":"reply","ids":[7]}',
    '{"act":"ack"}',
    '{"act":"ack","ids":[]}',
    '{"act":"reply","ids":["a","b"],"text":"x"}',
  ]) {
    expect(await place.act(wrong)).toMatchObject({ status: 400 });
  }
  expect(await place.act({ act: 'reply', ids: ['0000000'], text: ' ' })).toMatchObject({ status: 400 });
});

test('a text that no message can be, and a body that no request may have, are refused', async () => {
  const id = escalate();
  await place.serve();
  const long = await place.act({ act: 'reply', ids: [id], text: 'x'.repeat(70_000) });
  expect({ status: long.status, ...JSON.parse(long.body) }).toMatchObject({ status: 409 });
  expect(await place.act({ act: 'reply', ids: [id], text: 'x'.repeat(600_000) })).toMatchObject({ status: 413 });
  expect(place.json('escalations').escalations).toHaveLength(1);
});

test('what others wrote comes without what moves a terminal, or hides', async () => {
  escalate('may I \u001b[31mdrop\u001b[0m <script>alert(1)</script> \u202egnp.exe\u200b?');
  await place.serve();
  const { escalations } = await place.state(({ escalations = [] }) => escalations.length > 0);
  expect(escalations).toMatchObject([{ text: 'may I drop <script>alert(1)</script> gnp.exe?' }]);
});

test('the page of an agent shows everything, and nothing is answered on it', async () => {
  const id = escalate();
  await place.serve(['--agent', 'bold-fox']);
  expect(place.said.err).toContain('You are the agent bold-fox');
  expect(await place.state()).toMatchObject({ self: 'bold-fox', isOnlyShown: true, escalations: [{ id }] });
  const { status, body } = await place.act({ act: 'reply', ids: [id], text: 'yes' });
  expect({ status, message: JSON.parse(body).message }).toEqual({
    status: 403,
    message: "This page was opened by the agent bold-fox, and an answer has to be a person's.",
  });
  expect(place.json('escalations').escalations).toHaveLength(1);
});

test('several messages are acknowledged at once', async () => {
  place.run('status', 'here');
  for (const text of ['one', 'two', 'three']) place.run('send', 'dave', text, '--agent', 'bold-fox');
  await place.serve();
  const { mail } = await place.state(({ mail = [] }) => mail.length === 3);
  const ids = mail.slice(0, 2).map(({ id }: { id: string }) => id);
  expect(JSON.parse((await place.act({ act: 'ack', ids })).body)).toEqual({ message: 'Acknowledged: 2 messages.' });
  expect(place.json('peek').messages).toMatchObject([{ text: 'three' }]);
});
