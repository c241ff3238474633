/** The remote's branch is gone, or older than what a clone remembers: nothing is lost, and somebody is told. */
import { expect, test } from 'vitest';
import { makeClone } from './clones.ts';
import { git } from './git.ts';
import { held, makeTwo, ref, storyOf, sync, told, unread } from './two.ts';

test('a branch that was deleted at the remote is put back, with all that was acknowledged', async () => {
  const { server, here, there } = await makeTwo();
  await there.run('calm-owl', ['status', 'reading']);
  await sync(there);
  await sync(here);
  await here.run('bold-fox', ['claim', 'src/**']);
  await here.run('bold-fox', ['send', 'all', 'hello']);
  await sync(here);
  await sync(there);
  await there.run('calm-owl', ['claim', 'doc/**']);
  await git({}, '-C', server.bare, 'update-ref', '-d', ref);
  const { lost } = await sync(there);
  expect(lost).toEqual(['deleted']);
  expect(await told(there)).toMatch(/deleted/);
  await sync(here);
  for (const clone of [here, there, await makeClone(server)]) {
    expect(await held(clone)).toEqual(['bold-fox src/** confirmed', 'calm-owl doc/** confirmed']);
  }
  expect(await unread(there, 'calm-owl')).toEqual(['hello']);
  await storyOf(server);
});

test('a branch that was put back at the remote gets again what it lost, and doctor explains', async () => {
  const { server, here, there } = await makeTwo();
  await here.run('bold-fox', ['claim', 'src/**']);
  await sync(there);
  const older = await git({}, '-C', server.bare, 'rev-parse', ref);
  const { json: lost } = await there.run('calm-owl', ['claim', 'doc/**']);
  await there.run('calm-owl', ['send', 'all', 'hello']);
  await sync(there);
  await git({}, '-C', server.bare, 'update-ref', ref, older);
  const other = await makeClone(server);
  expect(await other.run('warm-elk', ['claim', 'test/**'])).toMatchObject({ json: { claim: { state: 'confirmed' } } });
  expect((await sync(there)).lost).toEqual(['rewound']);
  expect(await told(there)).toMatch(/put back|rewound|older/);
  const all = ['bold-fox src/** confirmed', 'calm-owl doc/** confirmed', 'warm-elk test/** confirmed'];
  for (const clone of [here, other]) {
    await sync(clone);
    expect(await held(clone)).toEqual(all);
  }
  expect(await unread(here, 'bold-fox')).toEqual(['hello']);
  const { json } = await there.run('calm-owl', ['claims', '--agent', 'calm-owl']);
  expect(json.claims[0].id).toBe(lost.claim.id);
  await storyOf(server);
});

test('a branch that was put back and that a claim brought forward again is told of by doctor', async () => {
  const { server, here } = await makeTwo();
  await here.run('bold-fox', ['claim', 'src/**']);
  const older = await git({}, '-C', server.bare, 'rev-parse', ref);
  await here.run('bold-fox', ['claim', 'doc/**']);
  await git({}, '-C', server.bare, 'update-ref', ref, older);
  expect(await told(here)).not.toMatch(/put back|rewound|older/);
  // Nobody else has written for a while: the claim is pushed without a look.
  expect(await here.run('bold-fox', ['claim', 'test/**'])).toMatchObject({ json: { claim: { state: 'confirmed' } } });
  expect(await told(here)).toMatch(/put back|rewound|older/);
});

test('a claim that the lost stretch granted is withdrawn where somebody else has the path by now', async () => {
  const { server, here, there } = await makeTwo();
  await here.run('bold-fox', ['status', 'reading']);
  await sync(here);
  const older = await git({}, '-C', server.bare, 'rev-parse', ref);
  const { json: lost } = await there.run('calm-owl', ['claim', 'doc/**']);
  await git({}, '-C', server.bare, 'update-ref', ref, older);
  const other = await makeClone(server);
  const { json: won } = await other.run('warm-elk', ['claim', 'doc/a.md']);
  expect((await sync(there)).withdrawn).toMatchObject([
    { id: lost.claim.id, rival: { id: won.claim.id, agent: 'warm-elk' } },
  ]);
  expect(await held(there)).toEqual(['warm-elk doc/a.md confirmed']);
  expect(await unread(there, 'calm-owl')).toEqual([expect.stringMatching(/doc.*warm-elk/)]);
});
