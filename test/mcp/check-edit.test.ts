/** What the tool check_edit answers, and how it tells it. */
import { expect, test } from 'vitest';
import { Place } from './place.ts';

test('check_edit sends nobody to a tool that a read-only server has not', async () => {
  const place = new Place();
  expect(place.command('eve', 'claim', 'src/a.ts').code).toBe(0);
  const looking = await place.connect({ words: ['--read-only'] });
  expect((await looking.call('check_edit', { paths: ['src/b.ts'] })).text).toBe('free: claimed by nobody else.');
  expect((await looking.call('check_edit', { paths: ['src/a.ts'] })).text).toMatch(
    /^conflict: src\/a\.ts is claimed by eve, .*\. Do not edit\.$/,
  );
});

test('check_edit of the whole repository, or of a glob, sees what is held below it', async () => {
  const place = new Place();
  expect(place.command('eve', 'claim', 'src/b.ts').code).toBe(0);
  const server = await place.connect({ env: { INTERCOM_AGENT: 'ada' } });
  for (const path of ['.', place.repo, 'src/*', '**']) {
    const { json } = await server.call('check_edit', { paths: [path] });
    expect(json).toMatchObject({ verdict: 'conflict', rivals: [{ agent: 'eve', overlap: ['src/b.ts'] }] });
  }
});

test('check_edit of several paths speaks of all of them', async () => {
  const place = new Place();
  expect(place.command('eve', 'claim', 'src').code).toBe(0);
  const server = await place.connect({ env: { INTERCOM_AGENT: 'ada' } });
  const told = async (...paths: string[]) => (await server.call('check_edit', { paths })).text;
  expect(await told('src/a.ts', 'src/b.ts')).toMatch(/^conflict: src\/a\.ts and src\/b\.ts are claimed by eve, /);
  expect(await told('docs/a.md', 'docs/b.md')).toBe('free: claimed by nobody else. Claim before you edit.');
  await server.call('claim', { paths: ['docs'] });
  expect(await told('docs/a.md', 'docs/b.md')).toBe('ours: claimed by you.');
});
