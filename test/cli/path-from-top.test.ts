import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathFromHere, pathFromTop } from '../../src/cli/path-from-top.ts';
import { nextElsewhere, nextFromHere } from '../../src/cli/render/next.ts';

const top = '/w/repo';

test.each([
  ['src/api/users.ts', 'users.ts'],
  ['src/auth.ts', '../auth.ts'],
  ['docs/**', '../../docs/**'],
  ['src/api', '.'],
  ['src', '..'],
  ['**', '../../**'],
  ['src/api/-x', './-x'],
  ['port:5432', 'port:5432'],
  ['src/api/port:5432', './port:5432'],
])('%s is typed %s in src/api', (path, typed) => {
  expect(pathFromHere(path, `${top}/src/api`, top)).toBe(typed);
});

test.each([
  ['./port:5432', './port:5432'],
  ['../port:5432', './port:5432'],
  ['port:5432', 'port:5432'],
  ['/w/repo/port:5432', './port:5432'],
  ['./http://a', 'src/http:/a'],
])('%s, typed in src, is %s', (typed, path) => {
  const [folder, expected] = typed === './port:5432' ? [top, path] : [`${top}/src`, path];
  expect(pathFromTop(typed, folder, top)).toBe(expected);
});

test('at the top, elsewhere and without a work tree paths stay as they are', () => {
  expect(pathFromHere('src/auth.ts', top, top)).toBe('src/auth.ts');
  expect(pathFromHere('src/auth.ts', '/elsewhere', top)).toBe('src/auth.ts');
  expect(pathFromHere('src/auth.ts', '/w/repo.git', null)).toBe('src/auth.ts');
});

test('what is typed from here is the path from the top', () => {
  const name = fc.constantFrom('src', 'api', 'a.ts', '*', '**', '-x', '[id]', '{a,b', 'c}', 'with space');
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
  const folder = fc.constantFrom('', '/src', '/src/api', '/docs');
  fc.assert(
    fc.property(path, folder, (path, folder) => {
      const typed = pathFromHere(path, top + folder, top);
      expect(pathFromTop(typed, top + folder, top)).toBe(path);
      expect(typed.startsWith('-') && folder !== '').toBe(false);
    }),
  );
});

test.each([
  [
    "Run git intercom claim src/api/a.ts 'src/it'\\''s *.ts' --wait to stand in line, or claim another path.",
    "Run git intercom claim a.ts '../it'\\''s *.ts' --wait to stand in line, or claim another path.",
  ],
  [
    'Ask with git intercom send eve "…", or take it with git intercom release src/a.ts --force --why "…".',
    'Ask with git intercom send eve "…", or take it with git intercom release ../a.ts --force --why "…".',
  ],
  ['Run git intercom release 1kjpwd7k8v3p48jx --force.', 'Run git intercom release 1kjpwd7k8v3p48jx --force.'],
  ['Run git intercom release v3p48jx --force.', 'Run git intercom release v3p48jx --force.'],
  ['Run git intercom claim --id x --wait.', 'Run git intercom claim --id x --wait.'],
  ['Run git intercom claim with the paths again.', 'Run git intercom claim with the paths again.'],
])('%s', (sentence, expected) => {
  expect(nextFromHere(sentence, `${top}/src/api`, top)).toBe(expected);
});

test('the next command means the repository that -C named', () => {
  const next = "Run git intercom claim a.ts --wait to stand in line, or git intercom send ada '…'.";
  expect(nextElsewhere(next, "it's here")).toBe(
    "Run git intercom -C 'it'\\''s here' claim a.ts --wait to stand in line, or git intercom -C 'it'\\''s here' send ada '…'.",
  );
  expect(nextElsewhere(next, undefined)).toBe(next);
  expect(nextElsewhere('git intercom send bob "Please run git intercom key." or git intercom who', 'here')).toBe(
    'git intercom -C here send bob "Please run git intercom key." or git intercom -C here who',
  );
});
