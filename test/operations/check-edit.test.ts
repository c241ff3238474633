/** What check-edit answers of words that are a pattern: the same that claim would. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { doneBy, Place } from './place.ts';

function placeWith(...files: string[]): Place {
  const place = new Place();
  for (const file of files) {
    mkdirSync(join(place.dir, file, '..'), { recursive: true });
    writeFileSync(join(place.dir, file), '');
  }
  return place;
}

const claimed = (path: string) => async (place: Place) =>
  doneBy(await place.as('ada', 0, (ada) => ada.claim({ paths: [path] })));

test.each(['src/*', 'src/**', 's*', '**', '.', '*/auth.?s', '{src,docs}/auth.ts', 'src/[ab]uth.ts'])(
  '%s is in conflict where a file that it is about is held, as a claim on it is',
  async (path) => {
    const place = placeWith('src/auth.ts');
    await claimed('src/auth.ts')(place);
    const { verdict, rivals } = doneBy(await place.as('bob', 1, (bob) => bob.checkEdit({ paths: [path] })));
    expect({ verdict, rivals }).toMatchObject({
      verdict: 'conflict',
      rivals: [{ agent: 'ada', paths: ['src/auth.ts'], overlap: ['src/auth.ts'] }],
    });
    if (path !== '.') expect((await place.as('bob', 2, (bob) => bob.claim({ paths: [path] }))).status).toBe('refused');
  },
);

test('a glob is free where nothing that it is about is held, and ours where one claim of ours has all of it', async () => {
  const place = placeWith('src/auth.ts');
  await claimed('src/**')(place);
  const verdict = async (agent: string, ...paths: string[]) =>
    doneBy(await place.as(agent, 1, (by) => by.checkEdit({ paths }))).verdict;
  expect(await verdict('bob', 'docs/*', '*.md')).toBe('free');
  expect(await verdict('ada', 'src/*.ts')).toBe('ours');
  expect(await verdict('ada', 'src/*.ts', 'src/auth.ts')).toBe('ours');
  expect(await verdict('ada', 'src/*.ts', 'docs/a.md')).toBe('free');
  expect(await verdict('ada', 's*')).toBe('free');
});

test('a file that is called like a glob is that file alone', async () => {
  const place = placeWith('src/[id].ts', 'src/i.ts');
  await claimed('src/i.ts')(place);
  const verdict = async (path: string) =>
    doneBy(await place.as('bob', 1, (bob) => bob.checkEdit({ paths: [path] }))).verdict;
  expect(await verdict('src/[id].ts')).toBe('free');
  expect(await verdict('src/[ij].ts')).toBe('conflict');
});

test('a claim that stands in the way of a name and of a glob is told once', async () => {
  const place = placeWith('src/auth.ts');
  await claimed('src')(place);
  const paths = ['src/auth.ts', 'src/*.ts'];
  const { rivals } = doneBy(await place.as('bob', 1, (bob) => bob.checkEdit({ paths })));
  expect(rivals).toMatchObject([{ agent: 'ada', paths: ['src'], overlap: paths.toSorted() }]);
});

test('what is no pattern at all is a name', async () => {
  const place = placeWith();
  await claimed('src')(place);
  const { verdict } = doneBy(await place.as('bob', 1, (bob) => bob.checkEdit({ paths: ['src/[[:alpha:]]'] })));
  expect(verdict).toBe('conflict');
});
