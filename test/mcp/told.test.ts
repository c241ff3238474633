/** What the short text of an answer says beside what was asked for: for clients that show nothing else. */
import { expect, test } from 'vitest';
import { Place } from './place.ts';

const ada = { INTERCOM_AGENT: 'ada' };

test('a claim says which of its names do not exist here, as the command does', async () => {
  const place = new Place();
  const server = await place.connect({ env: ada });
  const { text, json } = await server.call('claim', { paths: ['src/a.ts', 'src/autth.ts', 'docs/*.md', 'port:5432'] });
  expect(text).toMatch(/ when done\. src\/autth\.ts does not exist here yet\.$/);
  expect(json.notThere).toEqual(['src/autth.ts']);
  expect(place.told('eve', 'claim', 'x.ts', 'y.ts')).toContain('x.ts and y.ts do not exist here yet.');
  const there = await server.call('claim', { paths: ['src/b.ts'] });
  expect([there.text.endsWith('when done.'), there.json.notThere]).toEqual([true, undefined]);
});

test.each([
  ['ghost', 'ghost: not counted; nobody reaches you but by answers.'],
  ['hidden', 'hidden: counted, not listed; whoever knows your name reaches you.'],
])('who makes itself %s is told what that means, and also later', async (visibility, told) => {
  const server = await new Place().connect({ env: ada });
  expect((await server.call('status', { visibility })).text).toBe(`You are ada, active. Others see you as ${told}`);
  expect((await server.call('status', { text: 'tests' })).text).toContain(told);
  expect((await server.call('status', { visibility: 'visible' })).text).toBe('You are ada, active: tests.');
});
