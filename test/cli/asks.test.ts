/** What scripts rely on when they ask: the keys, the exit codes, and an ask that survives who asked. */
import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../tooling/sources.ts';
import { run, Scratch } from './scratch.ts';

const command = `${root}dist/bin.cjs`;
let scratch: Scratch;

beforeEach(async () => {
  scratch = new Scratch();
  for (const name of ['ada', 'eve']) await intercom(name, 'status', 'here');
});
afterEach(() => scratch.remove());

async function intercom(who: string, ...argv: string[]) {
  const { stdout, stderr, code } = await run(process.execPath, [command, ...argv, '--json'], scratch.repo, {
    ...scratch.env(who),
  });
  return { json: JSON.parse(stdout), stderr, code };
}

/** The ask of another process, as soon as it stands on the branch. */
async function begun(child: ChildProcess): Promise<string> {
  for (;;) {
    const { json } = await intercom('eve', 'pending');
    if (json.pending.length > 0) return json.pending[0].id;
    expect(child.exitCode).toBe(null);
  }
}

function asking(): { readonly child: ChildProcess; readonly ended: Promise<{ code: number | null; text: string }> } {
  const child = spawn(process.execPath, [command, 'ask', 'eve', 'which port?', '--json'], {
    cwd: scratch.repo,
    env: scratch.env('ada'),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  child.stdout?.on('data', (part) => {
    text += part;
  });
  return { child, ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, text }))) };
}

test('the answer is the one document, and exit code 0; pendingAsks and pending have the same keys', async () => {
  const { child, ended } = asking();
  const id = await begun(child);
  const ask = {
    id,
    from: 'ada',
    to: ['eve'],
    expires: '2026-03-02T09:10:00.000Z',
    decision: false,
    text: 'which port?',
  };
  expect((await intercom('eve', 'pending')).json).toMatchObject({ pending: [ask] });
  expect((await intercom('eve', 'peek')).json).toMatchObject({ pendingAsks: [ask], messages: [{ id, kind: 'ask' }] });
  await intercom('eve', 'reply', '8080');
  const { code, text } = await ended;
  expect([code, text.split('\n').length]).toEqual([0, 2]);
  expect(JSON.parse(text)).toMatchObject({ answer: { from: 'eve', text: '8080', replyTo: id } });
});

test('a wait that runs out is exit code 4 with the id; the id gives the answer', async () => {
  const { json, code, stderr } = await intercom('ada', 'ask', 'eve', 'which port?', '--wait', '1s');
  expect(code).toBe(4);
  expect(json).toEqual({ pending: { id: expect.any(String), to: ['eve'], expires: expect.any(String) } });
  expect(stderr).toMatch(/^pending: eve has not answered yet.*\nnext: .*\n$/);
  const { id } = json.pending;
  await intercom('eve', 'reply', id, '8080');
  expect(await intercom('ada', 'ask', '--id', id)).toMatchObject({ code: 0, json: { answer: { text: '8080' } } });
  expect(await intercom('ada', 'ask', '--cancel', id)).toMatchObject({ code: 0, json: { answer: { text: '8080' } } });
});

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  'after %s the ask is open, and is gone on with',
  async (signal) => {
    const { child, ended } = asking();
    const id = await begun(child);
    child.kill(signal);
    const { code, text } = await ended;
    if (signal !== 'SIGKILL') expect([code, JSON.parse(text)]).toMatchObject([4, { pending: { id } }]);
    await intercom('eve', 'reply', '8080');
    expect(await intercom('ada', 'ask', '--id', id)).toMatchObject({ code: 0, json: { answer: { text: '8080' } } });
  },
);

test.each([
  ['ada', 1, 'ask-self'],
  ['nobody', 1, 'unknown-recipient'],
  ['all', 2, 'bad-name'],
])('asking %s is exit code %i: %s', async (whom, code, error) => {
  const answer = await intercom('ada', 'ask', whom, 'which port?');
  expect(answer).toMatchObject({ code, json: { error: { code: error } } });
  expect(answer.stderr).toMatch(/^error: .*\nnext: {2}.*\n$/);
});

test('cancelled, and over, are refused to whoever comes back', async () => {
  const ask = async (...rest: string[]) => (await intercom('ada', 'ask', 'eve', 'x', '--wait', '0s', ...rest)).json;
  const { id } = (await ask()).pending;
  expect((await intercom('ada', 'ask', '--cancel', id)).json).toEqual({ cancelled: { id } });
  const over = (state: string) => ({ code: 1, json: { error: { code: 'ask-over', data: { state } } } });
  expect(await intercom('ada', 'ask', '--id', id)).toMatchObject(over('cancelled'));
  const short = (await ask('--for', '30s')).pending.id;
  scratch.nowMs += 30_000;
  expect(await intercom('ada', 'ask', '--id', short)).toMatchObject(over('expired'));
});
