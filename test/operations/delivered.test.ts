import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Intercom, openIntercom } from '../../src/index.ts';

test.each(['reply', 'ack'] as const)('a message was delivered when it was peeked at, not at the %s', async (how) => {
  const dir = mkdtempSync(join(tmpdir(), 'intercom-delivered-'));
  execFileSync('git', ['init', '--quiet', dir]);
  const as = async <T>(agent: string, minute: number, act: (intercom: Intercom) => Promise<T>) => {
    const env = { ...process.env, INTERCOM_TEST_CLOCK: `2026-03-01T09:0${minute}:00.000Z` };
    const intercom = await openIntercom({ dir, agent, env });
    return act(intercom).finally(() => intercom.close());
  };
  try {
    await as('bob', 0, (bob) => bob.status({ activity: 'here' }));
    const sent = await as('ada', 1, (ada) => ada.send({ to: ['bob'], text: 'lunch?' }));
    const id = sent.status === 'done' ? sent.value.message.id : '';
    await as('bob', 2, (bob) => bob.peek());
    await as('bob', 5, async (bob) => {
      await (how === 'ack' ? bob.ack({ ids: [id] }) : bob.reply({ id, text: 'yes' }));
    });
    expect(await as('ada', 6, (ada) => ada.receipts({ id }))).toMatchObject({
      value: {
        delivered: [{ agent: 'bob', at: '2026-03-01T09:02:00.000Z' }],
        acknowledged: [{ agent: 'bob', at: '2026-03-01T09:05:00.000Z' }],
      },
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
