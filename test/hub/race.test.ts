/** One file of the server, asked for at once from its two clones and from the client. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Scene, type Told } from './scene.ts';

const rounds = 5;
let scene: Scene;
beforeAll(async () => {
  scene = new Scene();
  scene.make('client', 'server');
  await scene.join('server', 'client');
  scene.git('server', 'add', '.intercom');
  scene.git('server', 'commit', '--quiet', '--message=Policy');
  scene.scratch.git('clone', '--quiet', scene.at('server'), scene.at('clone'));
  await scene.ask('clone', undefined, 'init', '--harness', 'none');
}, 60_000);
afterAll(() => scene.remove());

const askers = [
  { place: 'client', agent: 'ada', path: 'server:src/auth.ts' },
  { place: 'server', agent: 'bob', path: 'src/auth.ts' },
  { place: 'clone', agent: 'cleo', path: 'src/auth.ts' },
] as const;

test(`${rounds} times exactly one gets it, and the others hear from whom`, { timeout: 90_000 }, async () => {
  for (let round = 1; round <= rounds; round++) {
    const claims = askers.map(({ place, agent, path }) => scene.ask(place, agent, 'claim', path));
    const told = await Promise.all(claims);
    const winners = askers.filter((_, n) => told[n]?.code === 0);
    expect(winners, `round ${round}: ${JSON.stringify(told)}`).toHaveLength(1);
    expect(told.find(({ code }) => code === 0)).toMatchObject({ claim: { state: 'confirmed' } });
    const rivals = ({ error }: Told): string[] => error.data.rivals.map(({ agent }: { agent: string }) => agent);
    for (const lost of told.filter(({ code }) => code !== 0)) expect(rivals(lost)).toEqual([winners[0]?.agent]);
    for (const { place, agent, path } of winners) await scene.ask(place, agent, 'release', path);
    for (const { place } of [...winners, ...askers]) await scene.sync(place);
  }
});
