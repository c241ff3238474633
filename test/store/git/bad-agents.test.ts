/** An agent's record that somebody broke by hand: its agent and those who write to it are told, and `doctor` mends it. */
import { expect, test } from 'vitest';
import { commitAsOurs } from './by-hand.ts';
import { claim, command, doctor, expectOneClearSentence, expectSound, open, withMail } from './coordination.ts';

test('an agent whose record cannot be read is not one that nobody knows: it is said what is wrong, and doctor mends it', async () => {
  const dir = await withMail();
  commitAsOurs(dir, { 'agents/bee.yaml': '[' });
  const said = /^error: The record of the agent bee cannot be read: .+\.\nnext: {2}Run git intercom doctor: /;
  for (const words of ['send bee hello', 'ask bee what?', 'handoff bee a.ts']) {
    expectOneClearSentence(command(dir, words.split(' ')), said, 1);
  }
  expect(command(dir, ['status', 'again'], { INTERCOM_AGENT: 'bee' }).code).toBe(1);
  command(dir, ['doctor', '--fix']);
  expect(command(dir, ['status', 'again'], { INTERCOM_AGENT: 'bee' }).code).toBe(0);
  expect(command(dir, ['send', 'bee', 'hello']).code).toBe(0);
});

test('an agent whose own record cannot be read is told so, and others go on', async () => {
  const dir = await withMail();
  commitAsOurs(dir, { 'agents/fox.yaml': 'v: 1\n' });
  const refused = await (await open(dir)).claim({ paths: ['c.ts'] });
  expect(refused.status === 'refused' && refused.refusal.message).toMatch(/The record of the agent fox cannot be read/);
  await claim(await open(dir, 'bee'), 'c.ts');
  doctor(dir, '--fix');
  expect((await (await open(dir)).status({ activity: 'back' })).status).toBe('done');
  expectSound(dir, ['a.ts', 'b.ts', 'c.ts']);
});
