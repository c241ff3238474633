/** Clones of one machine that share a remote find each other, however each of them spells it. */
import { expect, test } from 'vitest';
import { plainSpelling } from '../../../src/store/sync/spelling.ts';

test.each([
  [
    'forge.example/team/app',
    [
      'git@forge.example:team/app.git',
      'git@Forge.example:/team/app',
      'forge.example:team/app/',
      'ssh://git@forge.example/team/app.git',
      'ssh://git@forge.example:2222/team/app',
      'https://forge.example/team/app',
      'https://ada:secret@forge.example/team/app.git/',
    ],
  ],
  ['/srv/team', ['/srv/team', '/srv/team/', '/srv/team.git', 'file:///srv/team.git']],
])('%s', (plain, spellings) => {
  expect(spellings.map(plainSpelling)).toEqual(spellings.map(() => plain));
});

test('other repositories stay others', () => {
  const others = [
    'git@forge.example:team/app',
    'git@forge.example:team/app2',
    'git@other.example:team/app',
    '/team/app',
    'app',
  ];
  expect(new Set(others.map(plainSpelling)).size).toBe(others.length);
});
