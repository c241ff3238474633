/** Two clones agree over each kind of server: who holds what, what was said, and what happens while it is out of reach. */
import { describe, expect, test } from 'vitest';
import { beginTeam, makeClone, startOr } from './clones.ts';
import { everyServer } from './servers/every.ts';
import type { StartServer } from './servers/server.ts';

async function makeTwo(skip: (reason: string) => never, start: StartServer) {
  const server = await startOr(skip, start);
  await beginTeam(server);
  return { server, here: await makeClone(server), there: await makeClone(server) };
}

describe.each(everyServer)('over %s', (_name, start) => {
  test('a claim is confirmed in one clone and refused by name in the other', async ({ skip }) => {
    const { here, there } = await makeTwo(skip, start);
    const claimed = await here.run('bold-fox', ['claim', 'src/**', '--why', 'split login']);
    expect(claimed).toMatchObject({ exitCode: 0, json: { claim: { state: 'confirmed', token: expect.any(String) } } });
    const refused = await there.run('calm-owl', ['claim', 'src/auth.ts']);
    expect(refused).toMatchObject({
      exitCode: 1,
      json: {
        error: {
          code: 'claim-conflict',
          data: { rivals: [{ id: claimed.json.claim.id, agent: 'bold-fox', why: 'split login' }] },
        },
      },
    });
    expect(await there.run('calm-owl', ['claim', 'doc/**'])).toMatchObject({ json: { claim: { state: 'confirmed' } } });
    await here.run('bold-fox', ['release', '--all']);
    await here.run('bold-fox', ['sync']);
    const later = { INTERCOM_TEST_CLOCK: new Date(Date.now() + 10_000).toISOString() };
    expect(await there.run('calm-owl', ['claim', 'src/auth.ts'], { env: later })).toMatchObject({
      exitCode: 0,
      json: { claim: { state: 'confirmed' } },
    });
  });

  test('messages go both ways, and so do answers', async ({ skip }) => {
    const { here, there } = await makeTwo(skip, start);
    await here.run('bold-fox', ['status', 'reading']);
    await here.run('bold-fox', ['sync']);
    await there.run('calm-owl', ['sync']);
    const asked = await there.run('calm-owl', ['send', 'bold-fox', 'is src free?', '--ack']);
    expect(asked.exitCode).toBe(0);
    await there.run('calm-owl', ['sync']);
    await here.run('bold-fox', ['sync']);
    const read = await here.run('bold-fox', ['peek']);
    expect(read.json).toMatchObject({ unread: 1, messages: [{ from: 'calm-owl', text: 'is src free?' }] });
    expect(await here.run('bold-fox', ['reply', 'yes'])).toMatchObject({ exitCode: 0 });
    await here.run('bold-fox', ['sync']);
    await there.run('calm-owl', ['sync']);
    expect((await there.run('calm-owl', ['peek'])).json).toMatchObject({
      messages: [{ from: 'bold-fox', text: 'yes' }],
    });
    expect((await there.run('calm-owl', ['receipts', asked.json.message.id])).json).toMatchObject({
      acknowledged: [{ agent: 'bold-fox' }],
    });
  });

  test('what is claimed while it is out of reach is provisional, and decided when it is back', async ({ skip }) => {
    const { server, here, there } = await makeTwo(skip, start);
    // Whoever is back first decides it, so nobody may bring things in the background.
    const alone = { env: { INTERCOM_TEST_ALONE: '1' } };
    for (const clone of [here, there]) await clone.run('reader', ['sync'], alone);
    const mend = await server.cut();
    const [apart, first, second] = [
      await here.run('bold-fox', ['claim', 'doc/**'], alone),
      await here.run('bold-fox', ['claim', 'src/auth.ts'], alone),
      await there.run('calm-owl', ['claim', 'src/**'], alone),
    ];
    for (const { exitCode, json } of [apart, first, second]) {
      expect(exitCode).toBe(0);
      expect(json).toMatchObject({
        claim: { state: 'provisional', token: null },
        provisional: { why: expect.stringContaining('remote origin'), next: expect.stringMatching(/git/) },
      });
    }
    expect(await here.run('bold-fox', ['sync'], alone)).toMatchObject({
      exitCode: 3,
      json: { error: { code: 'offline' } },
    });

    await mend();
    const confirmed = await here.run('bold-fox', ['sync'], alone);
    expect(confirmed.exitCode).toBe(0);
    const { json: held } = await here.run('bold-fox', ['claims'], alone);
    expect(held.claims.map(({ state }: { state: string }) => state)).toEqual(['confirmed', 'confirmed']);
    expect(await there.run('calm-owl', ['sync'], alone)).toMatchObject({ exitCode: 0 });
    const { json: mail } = await there.run('calm-owl', ['peek'], alone);
    expect(mail.messages.map(({ text }: { text: string }) => text)).toEqual([expect.stringMatching(/src.*bold-fox/)]);
    const { json: left } = await there.run('calm-owl', ['claims'], alone);
    expect(left.claims.map(({ agent }: { agent: string }) => agent)).toEqual(['bold-fox', 'bold-fox']);
  });
});
