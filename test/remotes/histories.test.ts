/**
 * Histories of real clones, with faults, held against the laws of `test/linearizable`: programs are killed, the remote
 * is out of reach, clocks are hours apart. The seed says what is asked and when the faults come, not how they meet; where
 * a law is broken, what is left of the plan is printed, as small as some more plays could make it.
 */
import { expect, test } from 'vitest';
import { findings } from '../linearizable/laws.ts';
import { shrink } from '../simulation/shrink.ts';
import { drawPlan, type Plan } from './plan.ts';
import { aheadMs, play } from './play.ts';

const isLong = (process.env.LONG_TESTS ?? '') !== '';
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
/** Of some seconds each. What breaks by chance may not break again, and then stays as it is. */
const playsMax = 30;

async function brokenBy(plan: Plan): Promise<string[]> {
  const { history, fsck } = await play(plan);
  return [...findings(history), ...fsck];
}

test(`four clones with faults, seed ${seed}`, { timeout: 1_200_000 }, async () => {
  const plan = drawPlan(seed, { members: aheadMs.length, acts: isLong ? 200 : 12 });
  const { history, fsck } = await play(plan);
  expect(history.answers.length).toBeGreaterThan(4);
  const broken = [...findings(history), ...fsck];
  if (broken.length === 0) return;
  const least = await shrink(plan, async (each) => (await brokenBy(each)).length > 0, playsMax);
  const left = least.happenings.map((each) => JSON.stringify(each)).join('\n');
  throw new Error(
    `Seed ${seed}:\n${broken.join('\n')}\n\nEnough for it to break, of ${plan.happenings.length}:\n${left}`,
  );
});
