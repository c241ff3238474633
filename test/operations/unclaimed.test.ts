import { expect, test } from 'vitest';
import { changesOnEach } from '../../src/operations/unclaimed.ts';

const store = { place: { ignoreCase: false } };

/** A git that knows changes of one work tree, and tells what it was asked. */
function gitWith(changed: readonly string[], branches: Readonly<Record<string, readonly string[]>> = {}) {
  const asked: string[] = [];
  const surroundings = {
    changes: async (paths: readonly string[]) => {
      asked.push(`changes ${paths.join(' ')}`);
      return changed.length === 0 ? [] : [{ worktree: '/w', branch: 'feature', paths: changed }];
    },
    unmergedBranches: async (paths: readonly string[]) => {
      asked.push(`branches ${paths.join(' ')}`);
      return paths.map((path) => branches[path] ?? []);
    },
  };
  return { asked, surroundings };
}

test('git is asked once about all paths, and each gets the changes that it matches', async () => {
  const { asked, surroundings } = gitWith(['src/a.ts', 'docs/x.md']);
  const agents = [{ name: 'bob', live: true, worktree: '/w', branch: 'feature' }];
  const change = (...paths: string[]) => [{ worktree: '/w', branch: 'feature', paths, agent: 'bob' }];
  expect(await changesOnEach(['src', 'docs/*.md', 'lib'], agents, { surroundings, store })).toEqual([
    change('src/a.ts'),
    change('docs/x.md'),
    [],
  ]);
  expect(asked).toEqual(['changes src docs/*.md lib', 'branches src docs/*.md lib']);
});

test('what of an untracked folder is meant by a path below it is asked of git for this path alone', async () => {
  const { asked, surroundings } = gitWith(['new/']);
  await changesOnEach(['new', 'new/a.ts', 'lib'], [], { surroundings, store });
  expect(asked).toEqual(['changes new new/a.ts lib', 'branches new new/a.ts lib', 'changes new/a.ts']);
});

test('of branches git is asked once, too, and each path gets its own', async () => {
  const { asked, surroundings } = gitWith([], { a: ['feature', 'other'], c: ['other'] });
  const agents = [{ name: 'bob', live: true, worktree: '/w', branch: 'feature' }];
  expect(await changesOnEach(['a', 'b', 'c'], agents, { surroundings, store })).toEqual([
    [{ branch: 'feature', agent: 'bob' }, { branch: 'other' }],
    [],
    [{ branch: 'other' }],
  ]);
  expect(asked).toEqual(['changes a b c', 'branches a b c']);
});
