/**
 * Teams of clones with every fault at once. INTERCOM_SIMULATION=<seconds> runs other seeds for so long, and
 * INTERCOM_SEED=<number> begins at that seed.
 */
import { expect, test } from 'vitest';
import { findings } from '../linearizable/laws.ts';
import { type Break, run } from './run.ts';
import { drawScript, type Scale, type Script } from './script.ts';
import { shrink } from './shrink.ts';

const small: Scale = { clones: 5, agents: 20, acts: 200, faults: 60, seconds: 600, folders: 3 };
const large: Scale = { clones: 200, agents: 1000, acts: 2000, faults: 400, seconds: 3600, folders: 60 };

const seconds = Number(process.env.INTERCOM_SIMULATION ?? 0);
const firstSeed = Number(process.env.INTERCOM_SEED ?? 1);

async function brokenBy(script: Script, how: Break = {}): Promise<string[]> {
  const { history, apart } = await run(script, how);
  return [...findings(history), ...apart.map((host) => `${host} is not where the authority is.`)];
}

/** Fails with the seed, and with the few happenings that are enough to break it. */
async function hold(script: Script): Promise<void> {
  const broken = await brokenBy(script);
  if (broken.length === 0) return;
  const least = await shrink(script, async (each) => (await brokenBy(each)).length > 0, 300);
  const steps = least.happenings.map((each) => JSON.stringify(each)).join('\n');
  const found = (await brokenBy(least)).join('\n');
  throw new Error(`Seed ${script.seed}, ${JSON.stringify(script.scale)}:\n${broken.join('\n')}\n\n${found}\n${steps}`);
}

test('five clones, a hundred times: crashes, cuts, lost answers, wrong clocks, a branch put back or deleted', async () => {
  for (let seed = firstSeed; seed < firstSeed + 100; seed += 1) await hold(drawScript(seed, small));
});

test('two hundred clones and a thousand agents', async () => {
  const script = drawScript(firstSeed, large);
  const { history, apart } = await run(script);
  expect(findings(history), `seed ${script.seed}`).toEqual([]);
  expect(apart).toEqual([]);
  const told = new Set(history.answers.map((answer) => answer.told));
  expect([...told].sort()).toEqual(['confirmed', 'provisional', 'recorded', 'refused']);
});

test('the same seed is the same run', async () => {
  const [one, other] = [await run(drawScript(7, small)), await run(drawScript(7, small))];
  expect(other).toEqual(one);
});

test('commits that are copied and not decided again are noticed, and a few happenings are enough to show it', async () => {
  const script = drawScript(1, small);
  const isBroken = async (each: Script) =>
    (await brokenBy(each, { isBlind: true })).some((told) => /beside/.test(told));
  expect(await isBroken(script)).toBe(true);
  const least = await shrink(script, isBroken, 300);
  expect(least.happenings.length).toBeLessThan(6);
});

test.runIf(seconds > 0)('other seeds, for as long as is asked for', { timeout: (seconds + 300) * 1000 }, async () => {
  const endMs = performance.now() + seconds * 1000;
  for (let seed = firstSeed + 1000; performance.now() < endMs; seed += 1) await hold(drawScript(seed, small));
});
