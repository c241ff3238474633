/** Symbolic links: a file that has two names is one file. */
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { throughLinks } from '../../src/store/git/through-links.ts';
import { removeFolder } from '../remove-folder.ts';
import { doneBy, Place } from './place.ts';

function linked(): Place {
  const place = new Place();
  mkdirSync(join(place.dir, 'src/[id]'), { recursive: true });
  writeFileSync(join(place.dir, 'src/auth.ts'), '');
  symlinkSync('src', join(place.dir, 'lnk'));
  symlinkSync('src/auth.ts', join(place.dir, 'alias.ts'));
  return place;
}

test.each(['lnk/auth.ts', 'alias.ts', 'lnk/*.ts', 'lnk', 'lnk/'])('%s is src/auth.ts, which is held', async (path) => {
  const place = linked();
  doneBy(await place.as('ada', 0, (ada) => ada.claim({ paths: ['src/auth.ts'] })));
  const bob = await place.as('bob', 1, (bob) => bob.claim({ paths: [path] }));
  expect(bob).toMatchObject({ status: 'refused', refusal: { code: 'claim-conflict' } });
  const [report] = doneBy(await place.as('bob', 2, (bob) => bob.who({ paths: [path] }))).paths ?? [];
  expect(report?.claims.map(({ agent }) => agent)).toEqual(['ada']);
});

test.each(['lnk/auth.ts', 'alias.ts'])('whoever asks for %s is told who holds the file', async (path) => {
  const place = linked();
  const paths = ['src/auth.ts'];
  doneBy(await place.as('ada', 0, (ada) => ada.claim({ paths })));
  const verdict = doneBy(await place.as('bob', 1, (bob) => bob.checkEdit({ paths: [path] })));
  expect(verdict.rivals.map(({ agent }) => agent)).toEqual(['ada']);
});

test('who claims a link holds it and what it leads to, and gives both back by its name', async () => {
  const place = linked();
  const granted = await place.as('ada', 0, (ada) => ada.claim({ paths: ['alias.ts'] }));
  expect(doneBy(granted).claim.paths).toEqual(['alias.ts', 'src/auth.ts']);
  for (const path of ['alias.ts', 'src/auth.ts', 'lnk/auth.ts']) {
    expect(doneBy(await place.as('ada', 1, (ada) => ada.checkEdit({ paths: [path] }))).verdict).toBe('ours');
  }
  doneBy(await place.as('ada', 2, (ada) => ada.release({ references: ['alias.ts'] })));
  expect(doneBy(await place.as('ada', 3, (ada) => ada.claims({}))).claims).toEqual([]);
});

test('a file that became a link after it was claimed is given back by its name', async () => {
  const place = linked();
  doneBy(await place.as('ada', 0, (ada) => ada.claim({ paths: ['later,}.ts'] })));
  symlinkSync('src/auth.ts', join(place.dir, 'later,}.ts'));
  doneBy(await place.as('ada', 1, (ada) => ada.release({ references: ['later,}.ts'] })));
});

test.each([
  ['lnk/new/file.ts', ['src/new/file.ts']],
  ['lnk/**', ['src/**']],
  ['lnk/[id]/*.ts', ['src/[id]/*.ts']],
  ['lnk', ['lnk', 'src']],
  ['lnk/', ['lnk/', 'src/']],
  ['lnk/up', ['src', 'src/up']],
  ['all/src/auth.ts', ['src/auth.ts']],
  ['all', ['all']],
  ['out', ['out']],
  ['out/file.ts', ['out/file.ts']],
  ['gits', ['gits']],
  ['gone', ['gone']],
  ['round/file.ts', ['round/file.ts']],
  ['src/auth.ts', ['src/auth.ts']],
  ['./src//auth.ts', ['./src//auth.ts']],
  ['port', ['./port:80', 'port']],
  ['**/lnk', ['**/lnk']],
  ['../x', ['../x']],
])('%s means %j', (path, paths) => {
  const { dir } = linked();
  const outside = mkdtempSync(join(tmpdir(), 'intercom-outside-'));
  onTestFinished(() => removeFolder(outside));
  writeFileSync(join(dir, 'port:80'), '');
  const links = { 'src/up': '../src', all: '.', out: outside, gits: '.git/hooks', gone: 'nowhere', round: 'round' };
  for (const [name, target] of Object.entries({ ...links, port: 'port:80' })) symlinkSync(target, join(dir, name));
  expect(throughLinks({ workTree: dir }, path)).toEqual(paths);
});

test('without a work tree a path is what it says', () => {
  expect(throughLinks({ workTree: null }, 'lnk/auth.ts')).toEqual(['lnk/auth.ts']);
});
