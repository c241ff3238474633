/** Fencing tokens when the remote's branch was put back or deleted: whoever comes first, no number is granted a second time once both are back. */
import { expect, test } from 'vitest';
import { type Clone, makeClone } from './clones.ts';
import { git } from './git.ts';
import { makeTwo, ref, storyOf, sync } from './two.ts';

/** As one number that rises with the token: counters of a test stay small. */
async function claim(clone: Clone, agent: string, ...paths: readonly string[]): Promise<number> {
  const { json, stderr } = await clone.run(agent, ['claim', ...paths]);
  const [epoch, counter] = String(json.claim?.token).split('.').map(Number);
  if (epoch === undefined || counter === undefined) throw new Error(`no token: ${stderr}`);
  return epoch * 1_000 + counter;
}

const cases = ['put back', 'deleted'].flatMap((what) =>
  ['the clone that remembers', 'a clone that does not'].map((first) => ({ what, first })),
);

test.each(cases)(
  'the branch was $what, and $first comes first: later tokens are larger than all',
  async ({ what, first }) => {
    const { server, here } = await makeTwo();
    const early = await claim(here, 'bold-fox', 'a');
    const older = await git({}, '-C', server.bare, 'rev-parse', ref);
    const lost = [await claim(here, 'bold-fox', 'b'), await claim(here, 'bold-fox', 'c')];
    await sync(here);
    await git({}, '-C', server.bare, 'update-ref', ...(what === 'deleted' ? ['-d', ref] : [ref, older]));
    const other = await makeClone(server);
    const isKnown = first === 'the clone that remembers';
    if (isKnown) expect((await sync(here)).lost).toHaveLength(1);
    // Where it can, it takes what was lost: then nothing of that is granted anew, and nothing is counted.
    const between = await claim(other, 'warm-elk', ...(isKnown ? ['d'] : ['b', 'c']));
    await sync(here);
    await sync(other);
    const after = [await claim(other, 'warm-elk', 'f'), await claim(here, 'bold-fox', 'e')];
    const before = [early, ...lost, between];
    expect(Math.min(...after)).toBeGreaterThan(Math.max(...before));
    expect(after[1]).toBeGreaterThan(after[0] as number);
    if (isKnown) expect(between).toBeGreaterThan(Math.max(early, ...lost));
    await storyOf(server);
  },
);
