/** Repositories in which something went on already, to be copied. */

import { defaultPolicy } from '../../src/domain/policy.ts';
import { locate } from '../../src/store/git/locate-head.ts';
import { openUpkeep } from '../../src/store/git/upkeep.ts';
import type { Upkeep } from '../../src/store/port.ts';
import { asAgent } from './aftermath.ts';
import { filesAt, makeRepository, tipOf } from './repository.ts';

/** Two agents, a claim of each, and a message from grace to ada. */
export async function templateWithMail(): Promise<string> {
  const dir = makeRepository();
  await asAgent(dir, 'ada', (ada) => ada.claim({ paths: ['src/a.ts'] }));
  await asAgent(dir, 'grace', async (grace) => {
    await grace.claim({ paths: ['src/b.ts'] });
    await grace.send({ to: ['ada'], text: 'lunch?' });
  });
  return dir;
}

/** So many claims that the next one makes the projection of `src` be rewritten. */
export async function templateWithLongProjection(): Promise<string> {
  const dir = await templateWithMail();
  const paths = Array.from({ length: 60 }, (_, n) => `src/long/${n}.ts`);
  await asAgent(dir, 'ada', (ada) => ada.claim({ paths, why: 'x'.repeat(400) }));
  return dir;
}

/** One pack less than are joined to one, and something to pack. */
export async function templateWithPacks(count: number): Promise<string> {
  const dir = await templateWithMail();
  const upkeep = await upkeepOf(dir);
  for (let n = 0; n < count; n++) {
    await upkeep.pack();
    await asAgent(dir, 'ada', (ada) => ada.claim({ paths: [`docs/${n}.md`] }));
  }
  return dir;
}

export async function upkeepOf(dir: string): Promise<Upkeep> {
  return openUpkeep(await locate({ cwd: dir, env: process.env }), defaultPolicy, Date.now);
}

/** What an agent got acknowledged, and nobody takes back in these tests. */
export function keptIn(template: string): string[] {
  const tip = tipOf(template);
  const files = tip === undefined ? [] : filesAt(template, tip);
  return files.filter((file) => /^\.intercom\/(agents|claims|messages)\//.test(file));
}
