import { expect, test } from 'vitest';
import { namedPaths, namedReferences } from '../../src/operations/named-paths.ts';
import type { Session } from '../../src/operations/session.ts';

const there: Readonly<Record<string, 'file' | 'folder'>> = {
  'src/auth.ts': 'file',
  'src/[id]/page.tsx': 'file',
  'conf.d': 'folder',
  Makefile: 'file',
  src: 'folder',
  'src/[id]': 'folder',
  app: 'folder',
  'app/(group)': 'folder',
  'app/(group)/[slug]': 'folder',
};
const surroundings = {
  kindAt: (path: string) => there[path],
  throughLinks: (path: string) => [path],
} as unknown as Session['surroundings'];

const store = { place: { repository: null } } as unknown as Session['store'];

function named(...typed: string[]) {
  return namedPaths(typed, { surroundings, store });
}

test('a path that exists is meant literally', async () => {
  expect((await named('src/[id]/page.tsx')).paths).toEqual(['src/\\[id]/page.tsx']);
});

test('a path with brackets that does not exist here is meant literally, and as a class', async () => {
  expect((await named('src/[ab]/page.tsx')).paths).toEqual(['src/{\\[ab],[ab]}/page.tsx']);
});

test('of a glob the leading folders that exist are meant literally, and the rest in both readings', async () => {
  const typed = ['src/[id]/**', 'src/[id]/*', 'src/[id]/[ab]/x', 'app/(group)/[slug]/**', 'src/[ab]/[id]/**'];
  const meant = [
    'src/\\[id]/**',
    'src/\\[id]/*',
    'src/\\[id]/{\\[ab],[ab]}/x',
    'app/(group)/\\[slug]/**',
    'src/{\\[ab],[ab]}/{\\[id],[id]}/**',
  ];
  expect((await named(...typed)).paths).toEqual(meant);
  expect(await namedReferences(typed, { surroundings, store })).toEqual(meant);
});

test('what is escaped already, and a resource, stay as they are', async () => {
  const typed = ['src/\\[id]/**', 'port:[80]/x'];
  expect((await named(...typed)).paths).toEqual(typed);
});

test('a file that is about to be made in a folder with brackets is a file there', async () => {
  expect(await named('src/[id]/new.tsx', 'src/[ab]/new.tsx')).toEqual({
    paths: ['src/\\[id]/new.tsx', 'src/{\\[ab],[ab]}/new.tsx'],
    files: ['src/\\[id]/new.tsx'],
  });
});

test('a path is a file when one stands there, or when nothing does and its name has an ending', async () => {
  expect((await named('src/auth.ts', 'Makefile', 'src/new.ts')).files).toEqual([
    'src/auth.ts',
    'Makefile',
    'src/new.ts',
  ]);
});

test('a folder with a dot, a hidden folder, a pattern and a name without an ending may have something below', async () => {
  expect((await named('conf.d', '.github', 'src/*.ts', 'docs', 'port:5432', 'src/v1.2/')).files).toEqual([]);
});
