/** An agent that another clone has brought to the remote, and that this clone has not heard of yet, when it is named. */
import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { environmentOf } from './clones.ts';
import { alone, makeTwo, sync, unread } from './two.ts';

/** Three seconds later: whoever was at the remote a moment ago does not look again. */
const later = { env: { ...environmentOf({ host: hostname(), aheadMs: 3_000 }), INTERCOM_TEST_ALONE: '1' } };

async function withNewcomer() {
  const { here, there } = await makeTwo();
  await alone(here).run('bold-fox', ['claim', 'a.ts']);
  await alone(there).run('calm-owl', ['status', 'docs']);
  await sync(alone(there));
  return { here, there };
}

test.each([
  ['send', 'calm-owl', 'hello'],
  ['ask', 'calm-owl', 'which?', '--wait', '0s'],
])('%s reaches an agent that only the remote knows', async (...words) => {
  const { here, there } = await withNewcomer();
  const { json } = await here.run('bold-fox', words, later);
  expect(json.error).toBeUndefined();
  await sync(alone(here));
  await sync(alone(there));
  expect(await unread(alone(there), 'calm-owl')).toHaveLength(1);
});

test('claims are handed to an agent that only the remote knows', async () => {
  const { here } = await withNewcomer();
  const handed = await here.run('bold-fox', ['handoff', 'calm-owl'], later);
  expect(handed.json.claims).toMatchObject([{ agent: 'calm-owl' }]);
});

test('who is to read what is sealed is looked for, too', async () => {
  const { here } = await withNewcomer();
  const { json } = await here.run('bold-fox', ['send', 'calm-owl', 'hello', '--sealed'], later);
  expect(json.error?.code).not.toBe('unknown-recipient');
});

test('an invitation reaches an agent that only the remote knows', async () => {
  const { here } = await withNewcomer();
  await alone(here).run('bold-fox', ['room', 'create', 'ops']);
  expect((await here.run('bold-fox', ['room', 'invite', 'ops', 'calm-owl'], later)).json.room.invited).toEqual([
    'calm-owl',
  ]);
});

test('a name that the remote does not know either is refused, also where the remote cannot be asked', async () => {
  const { server, here } = await makeTwo();
  await alone(here).run('bold-fox', ['claim', 'a.ts']);
  const refusal = { exitCode: 1, json: { error: { code: 'unknown-recipient', data: { unknown: ['nobody'] } } } };
  expect(await here.run('bold-fox', ['send', 'nobody', 'hello'], later)).toMatchObject(refusal);
  const mend = await server.cut();
  expect(await here.run('bold-fox', ['send', 'nobody', 'hello'], later)).toMatchObject(refusal);
  await mend();
});
