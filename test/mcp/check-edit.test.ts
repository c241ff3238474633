/** What the tool check_edit answers, and how it tells it. */
import { expect, test } from 'vitest';
import { Place } from './place.ts';

test('check_edit sends nobody to a tool that a read-only server has not', async () => {
  const place = new Place();
  expect(place.command('eve', 'claim', 'src/a.ts').code).toBe(0);
  const looking = await place.connect({ words: ['--read-only'] });
  expect((await looking.call('check_edit', { paths: ['src/b.ts'] })).text).toBe('free: nobody else holds it.');
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
