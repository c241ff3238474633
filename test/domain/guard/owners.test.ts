import { describe, expect, test } from 'vitest';
import { ownersInCodeowners } from '../../../src/domain/guard/codeowners.ts';
import { ownedByOthers } from '../../../src/domain/guard/owners.ts';
import { stopForOwners } from '../../../src/domain/guard/stop.ts';

const self = { name: 'me', tags: ['frontend'] };
const options = { ignoreCase: false };

function ownersOf(path: string, owners: Parameters<typeof ownedByOthers>[1]): readonly string[] {
  return ownedByOthers([path], owners, self, options).flatMap(({ owner }) => owner.agents);
}

test('the last entry that matches decides who looks after a path', () => {
  const owners = [
    { paths: ['src'], agents: ['ada'] },
    { paths: ['src/ui'], agents: ['bob'] },
    { paths: ['src/ui/gen'], agents: [] },
  ];
  expect(ownersOf('src/a.ts', owners)).toEqual(['ada']);
  expect(ownersOf('src/ui/a.ts', owners)).toEqual(['bob']);
  expect(ownersOf('src/ui/gen/a.ts', owners)).toEqual([]);
  expect(ownersOf('docs/a.md', owners)).toEqual([]);
});

test('owners are not warned of their own paths, by name or by tag', () => {
  expect(ownersOf('a', [{ paths: ['a'], agents: ['ada', 'me'] }])).toEqual([]);
  expect(ownersOf('a', [{ paths: ['a'], agents: ['frontend'] }])).toEqual([]);
});

test('the warning names owner and reason, comes once for all paths of an entry, and stops nothing else', () => {
  const owner = { paths: ['src'], agents: ['ada'], why: 'the format is frozen' };
  const owned = (path: string) => ownedByOthers([path], [owner], self, options);
  const first = stopForOwners(owned('src/a.ts'), () => new Set());
  expect(first?.answer.reason).toBe(
    'intercom: src/a.ts is in the care of ada: the format is frozen. Nothing was written. Ask first (tool ask, or git intercom ask ada "…"), or do the same once more: it will not be held up again.',
  );
  expect(stopForOwners(owned('src/b.ts'), () => new Set(first?.warnings))).toBeUndefined();
  expect(stopForOwners([], () => new Set())).toBeUndefined();
});

test('of owners that are nobody here, as those of a forge, no command is named that cannot be run', () => {
  const told = (agents: string[]) =>
    stopForOwners(ownedByOthers(['a'], [{ paths: ['a'], agents }], self, options), () => new Set())?.answer.reason;
  expect(told(['@org/all', 'docs@example.org'])).toContain(
    ' Nothing was written. Ask them first, or do the same once more',
  );
  expect(told(['@org/all', 'ada'])).toContain('Ask first (tool ask, or git intercom ask ada "…"), or');
});

describe('of a CODEOWNERS file', () => {
  const text =
    '# comment\n*       @org/all\n*.js    @js # inline\n/build/ @build\napps/   @apps\ndocs/*  docs@example.org\n/free\n[Section]\n';
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['README.md', ['@org/all']],
    ['src/a.js', ['@js']],
    ['build/x/y.js', ['@build']],
    ['src/apps/x.ts', ['@apps']],
    ['docs/a.md', ['docs@example.org']],
    ['docs/deep/a.md', ['@org/all']],
    ['free', []],
  ];
  test.each(cases)('%s is in the care of %j', (path, agents) => {
    expect(ownersOf(path, ownersInCodeowners(text))).toEqual(agents);
  });
});
