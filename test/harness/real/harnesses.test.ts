/** Real harnesses, set up by our own `init`, with a model that says what is written here. */
import { describe, expect, test } from 'vitest';
import { claudeCode } from './harnesses/claude-code.ts';
import { codex } from './harnesses/codex.ts';
import { copilot } from './harnesses/copilot.ts';
import { gemini } from './harnesses/gemini.ts';
import { opencode } from './harnesses/opencode.ts';
import { pi } from './harnesses/pi.ts';
import { after, before, RealPlace } from './place.ts';
import { whyNoProgram } from './programs.ts';

const harnesses = await Promise.all(
  [claudeCode, codex, opencode, gemini, copilot, pi].map(async (harness) => ({
    harness,
    reason: await whyNoProgram(harness),
  })),
);

describe.each(harnesses)('$harness.name ($reason)', ({ harness, reason }) => {
  test.skipIf(reason)('an edit of what another holds leaves the file as it is, and the model hears why', async () => {
    const place = new RealPlace(harness);
    place.intercom('--agent', 'bold-fox', 'claim', 'a.ts', '--why', 'split login');
    const requests = await place.prompt(harness, harness.edit(place.path('a.ts')));
    expect(place.read('a.ts')).toBe(before);
    expect(requests[0]).toContain('bold-fox holds a.ts');
    expect(requests.at(-1)).toContain('a.ts is claimed by bold-fox');
  });

  test.skipIf(reason)('the first edit of a free file claims it, and goes with the session', async () => {
    const place = new RealPlace(harness);
    const turns = [...harness.edit(place.path('b.ts')), harness.run(`${place.command} claims`)];
    const requests = await place.prompt(harness, turns);
    expect(place.read('b.ts')).toBe(after);
    expect(requests.at(-1)).toMatch(/b\.ts +\d+m left/);
    if (harness.tellsItsEnd) expect(place.intercom('claims')).not.toContain('b.ts');
  });

  test.skipIf(reason)('a command that writes to what another holds is refused before it runs', async () => {
    const place = new RealPlace(harness);
    place.intercom('--agent', 'bold-fox', 'claim', 'a.ts');
    const requests = await place.prompt(harness, [harness.run('sed -i s/1/2/ a.ts')]);
    expect(place.read('a.ts')).toBe(before);
    expect(requests.at(-1)).toContain('a.ts is claimed by bold-fox');
  });

  test.skipIf(reason)('mail that comes while the agent works is heard at its next step, once', async () => {
    const place = new RealPlace(harness);
    const send = harness.run(`${place.command} --agent bold-fox send all 'the types moved'`);
    const requests = await place.prompt(harness, [send, harness.run('true')]);
    const heard = requests.map((request) => request.split('unread mail. From other agents').length - 1);
    expect(heard).toEqual([0, 1, 1]);
  });
});
