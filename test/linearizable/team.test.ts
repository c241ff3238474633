/** The real engine over real repositories, with links that fail: its history holds the laws of a single clone's. */
import { expect, test } from 'vitest';
import { Random } from '../simulation/random.ts';
import { findings } from './laws.ts';
import { Team } from './team.ts';

const paths = ['src', 'src/a.ts', 'src/*.ts', 'lib', 'lib/**/b.ts'];

async function walk(seed: number): Promise<string[]> {
  const random = new Random(seed);
  const team = new Team(3, random);
  const step = async (): Promise<void> => {
    const number = random.below(6);
    const member = team.member(number);
    const agent = `agent-${number}`;
    const what = random.next();
    if (what < 0.45) await member.claim(agent, random.of(paths));
    else if (what < 0.6) await member.send(agent, `agent-${random.below(6)}`);
    else if (what < 0.75) await member.release(agent);
    else if (what < 0.8) await member.renew(agent);
    else if (what < 0.9) await member.sync.exchange();
    else if (what < 0.97) member.link.loss = random.of([0, 0.1, 0.5, 1]);
    else await team.putBack(1 + random.below(6));
  };
  // Three at a time: they meet within one clone, and at the authority.
  for (let n = 0; n < 20; n += 1) await Promise.all([step(), step(), step()]);
  const tips = await team.rest();
  const found = findings(team.history);
  await team.close();
  return tips === 1 ? found : [...found, `The clones came to rest with ${tips} tips.`];
}

const first = Number(process.env.INTERCOM_SEED ?? 1);
const count = Number(process.env.INTERCOM_WALKS ?? 6);

test.each(Array.from({ length: count }, (_, n) => first + n))('three real clones, seed %i', async (seed) => {
  expect(await walk(seed)).toEqual([]);
});
