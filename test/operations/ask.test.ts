/** Asking over a real repository: who waits gets the answer, now or later, and a wait that ends leaves the ask open. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Intercom, openIntercom } from '../../src/index.ts';
import type { Answer } from '../../src/operations/answer.ts';
import { removeFolder } from '../remove-folder.ts';

let dir: string;
let opened: Intercom[];

async function as(agent: string): Promise<Intercom> {
  const intercom = await openIntercom({ dir, agent, lifetime: 'none' });
  opened.push(intercom);
  return intercom;
}

beforeEach(async () => {
  opened = [];
  dir = mkdtempSync(join(tmpdir(), 'intercom-ask-'));
  execFileSync('git', ['init', '--quiet', dir]);
  for (const name of ['ada', 'bob']) await (await as(name)).status({ activity: 'here' });
});
afterEach(async () => {
  for (const each of opened) await each.close();
  removeFolder(dir);
});

async function idOf(asked: Promise<Answer<unknown>>): Promise<string> {
  const answer = await asked;
  expect(answer).toMatchObject({ status: 'pending', value: { pending: { to: ['bob'] } } });
  return (answer as { value: { pending: { id: string } } }).value.pending.id;
}

/** Until the branch says that something is asked. */
async function untilAsked(intercom: Intercom): Promise<void> {
  for (;;) {
    const answer = await intercom.pending();
    if (answer.status === 'done' && answer.value.pending.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('who waits gets the answer in the moment it is given; it is mail that was put before them', async () => {
  const [ada, bob] = [await as('ada'), await as('bob')];
  const waiting = ada.ask({ to: 'bob', text: 'which port?', waitSeconds: 60 });
  await untilAsked(bob);
  const peeked = await bob.peek();
  expect(peeked).toMatchObject({
    value: { messages: [{ kind: 'ask', ask: { answer: null } }], pendingAsks: [{ from: 'ada', text: 'which port?' }] },
  });
  await bob.reply({ text: '8080' });
  const answer = await waiting;
  expect(answer).toMatchObject({ status: 'done', value: { answer: { from: 'bob', text: '8080', kind: 'message' } } });
  const mail = await ada.peek({ mark: false });
  expect(mail).toMatchObject({ value: { unread: 1, pendingAsks: [] } });
  if (mail.status === 'done') expect(mail.value.messages[0]?.delivered).not.toBeNull();
});

test('a wait that ran out is gone on with by another process of the same agent, after the answer came', async () => {
  const [ada, bob] = [await as('ada'), await as('bob')];
  const id = await idOf(ada.ask({ to: 'bob', text: 'which port?', waitSeconds: 0.05 }));
  await ada.close();
  expect(await bob.pending()).toMatchObject({ value: { pending: [{ id, to: ['bob'], decision: false }] } });
  await bob.reply({ text: '8080' });
  await bob.close();
  const again = await as('ada');
  const answer = { status: 'done', value: { answer: { text: '8080', replyTo: id } } };
  for (const key of [id, id.slice(-7)]) expect(await again.ask({ id: key, waitSeconds: 0 })).toMatchObject(answer);
  expect(await again.pending()).toEqual({ status: 'done', value: { pending: [] } });
});

test('giving up the wait keeps the ask open', async () => {
  const [ada, bob] = [await as('ada'), await as('bob')];
  const stop = new AbortController();
  const waiting = ada.ask({ to: 'bob', text: 'which port?', waitSeconds: 60 }, stop.signal);
  await untilAsked(bob);
  stop.abort();
  const id = await idOf(waiting);
  const gone = AbortSignal.abort();
  expect(await idOf(ada.ask({ id, waitSeconds: 60 }, gone))).toBe(id);
  expect(await bob.pending()).toMatchObject({ value: { pending: [{ id }] } });
});

test('an ask that is over while somebody waits ends the wait; who comes back then is refused', async () => {
  const [ada, bob] = [await as('ada'), await as('bob')];
  const begunMs = Date.now();
  const id = await idOf(ada.ask({ to: 'bob', text: 'which port?', waitSeconds: 60, openSeconds: 1 }));
  expect(Date.now() - begunMs).toBeLessThan(30_000);
  const late = { status: 'refused', refusal: { code: 'ask-over', data: { id, state: 'expired' } } };
  expect(await ada.ask({ id, waitSeconds: 60 })).toMatchObject(late);
  expect(await ada.pending()).toMatchObject({ value: { pending: [] } });
  await bob.reply({ text: '8080' });
  expect(await ada.ask({ id, waitSeconds: 60 })).toMatchObject(late);
  expect(await ada.peek()).toMatchObject({ value: { unread: 1, messages: [{ text: '8080', replyTo: id }] } });
});

test('taking back ends the wait of another process, and the copy of the asked agent', async () => {
  const [ada, bob, elsewhere] = [await as('ada'), await as('bob'), await as('ada')];
  const waiting = ada.ask({ to: 'bob', text: 'which port?', waitSeconds: 60 });
  await untilAsked(bob);
  const listed = await elsewhere.pending();
  const id = listed.status === 'done' ? (listed.value.pending[0]?.id as string) : '';
  expect(await elsewhere.ask({ cancel: id })).toEqual({ status: 'done', value: { cancelled: { id } } });
  expect(await waiting).toMatchObject({
    status: 'refused',
    refusal: { code: 'ask-over', data: { state: 'cancelled' } },
  });
  expect(await bob.peek()).toMatchObject({ value: { unread: 0, pendingAsks: [] } });
});

test('of two answers at the same time one is the answer, and both are mail', async () => {
  const [ada, bob, elsewhere] = [await as('ada'), await as('bob'), await as('bob')];
  const id = await idOf(ada.ask({ to: 'bob', text: 'which port?', waitSeconds: 0 }));
  await Promise.all([bob.reply({ id, text: '8080' }), elsewhere.reply({ id, text: '8081' })]);
  const mail = (await ada.peek()) as { value: { messages: { id: string }[] } };
  expect(mail).toMatchObject({ value: { unread: 2, messages: [{ replyTo: id }, { replyTo: id }] } });
  const answer = (await ada.ask({ id })) as { value: { answer: { id: string } } };
  expect(mail.value.messages.map((message) => message.id)).toContain(answer.value.answer.id);
  expect(await ada.ask({ id })).toEqual(answer);
});

test('of two who ask each other at the same time one is refused', async () => {
  const [ada, bob] = [await as('ada'), await as('bob')];
  for (let n = 0; n < 5; n++) {
    const both = [
      ada.ask({ to: 'bob', text: 'after you?', waitSeconds: 0 }),
      bob.ask({ to: 'ada', text: 'after you?', waitSeconds: 0 }),
    ];
    const answers = (await Promise.all(both)) as Answer<unknown>[];
    expect(answers.map(({ status }) => status).sort()).toEqual(['pending', 'refused']);
    const refused = answers.find(({ status }) => status === 'refused');
    expect(refused).toMatchObject({ refusal: { code: 'ask-cycle' } });
    const asker = answers[0]?.status === 'pending' ? ada : bob;
    const { value } = (await asker.pending()) as { value: { pending: { id: string }[] } };
    expect(value.pending).toHaveLength(1);
    await asker.ask({ cancel: value.pending[0]?.id });
  }
});

test.each([
  [{ to: 'ada', text: 'x' }, 'ask-self'],
  [{ to: 'nobody', text: 'x' }, 'unknown-recipient'],
  [{ to: 'all', text: 'x' }, 'bad-name'],
  [{ to: 'bob' }, 'unknown-recipient'],
  [{ text: 'x' }, 'unknown-recipient'],
  [{ id: 'nothing' }, 'unknown-message'],
  [{ cancel: 'nothing' }, 'unknown-message'],
])('%j is refused at once: %s', async (input, code) => {
  const ada = await as('ada');
  const answer = await ada.ask(input);
  expect(answer).toMatchObject({ status: 'refused', refusal: { code, next: expect.stringContaining('git intercom') } });
  expect(await ada.pending()).toMatchObject({ value: { pending: [] } });
});

test.each([{ waitSeconds: -1 }, { waitSeconds: 1e9 }, { openSeconds: 0 }, { to: '' }, { decision: 'yes' }])(
  '%j is input of the wrong shape',
  async (wrong) => {
    const ada = await as('ada');
    expect(() => ada.ask({ to: 'bob', text: 'x', ...wrong } as never)).toThrow(/Invalid|Too/);
  },
);

test('receipts, log and thread tell of the ask and its answer', async () => {
  const [ada, bob] = [await as('ada'), await as('bob')];
  const id = await idOf(ada.ask({ to: 'bob', text: 'which port?', waitSeconds: 0 }));
  expect(await ada.receipts({ id })).toMatchObject({ value: { answered: [], waiting: ['bob'] } });
  await bob.reply({ text: '8080' });
  expect(await ada.receipts({ id })).toMatchObject({ value: { answered: [{ agent: 'bob' }], waiting: [] } });
  const entries = [
    { op: 'reply', summary: 'answer bob → ada: 8080' },
    { op: 'ask', summary: 'ask ada → bob: which port?' },
  ];
  expect(await ada.log({ limit: 2 })).toMatchObject({ value: { entries } });
  const { value } = (await ada.thread({ id })) as { value: { messages: { id: string; ask: unknown }[] } };
  expect(value.messages).toMatchObject([{ kind: 'ask', ask: { answer: value.messages[1]?.id } }, { text: '8080' }]);
});
