/** The first commit of the branch: the same bytes everywhere and for ever, so that no two histories begin apart. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../tooling/sources.ts';
import { claim, command, expectSound, fsck, held, open, subjects } from './coordination.ts';
import { folder, git, put, repository, tryGit } from './sandbox.ts';

/** Clones of all versions share it. Changing it would cut them apart: never do. */
const golden = '251870415fd2f884a65857f8f4434b798d0b4828';

test('its object id never changes, and git can write it itself from what it shows', () => {
  const dir = repository();
  expect(command(dir, ['init']).code).toBe(0);
  expect(git(dir, 'rev-parse', 'intercom')).toBe(golden);
  expect(git(dir, 'rev-list', '--count', 'intercom')).toBe('1');
  expect(git(dir, 'ls-tree', '-r', '--name-only', 'intercom').split('\n')).toEqual([
    '.intercom/README.md',
    '.intercom/format.yaml',
  ]);
  const person = { name: 'git-intercom', email: 'git-intercom@intercom.invalid', date: '1767225600 +0000' };
  const env = {
    ...{ GIT_AUTHOR_NAME: person.name, GIT_AUTHOR_EMAIL: person.email, GIT_AUTHOR_DATE: person.date },
    ...{ GIT_COMMITTER_NAME: person.name, GIT_COMMITTER_EMAIL: person.email, GIT_COMMITTER_DATE: person.date },
  };
  const message = git(dir, 'log', '-1', '--format=%B', 'intercom');
  expect(tryGit(dir, ['commit-tree', 'intercom^{tree}', '-m', message], env).out).toBe(golden);
  expectSound(dir, []);
});

test('neither clock, nor chance, nor person, nor configuration is in it', () => {
  const dir = repository();
  put(dir, { '.intercom/config.yaml': 'skipCi: false\nlease: {default: 5m}\n' });
  git(dir, 'config', 'user.name', 'Grace');
  git(dir, 'config', 'i18n.commitEncoding', 'latin1');
  git(dir, 'config', 'core.autocrlf', 'true');
  git(dir, 'config', 'commit.gpgSign', 'true');
  const env = {
    INTERCOM_AGENT: '',
    INTERCOM_TEST_CLOCK: '2031-02-03T04:05:06Z',
    INTERCOM_TEST_SEED: '7',
    TZ: 'Asia/Tokyo',
    LC_ALL: 'C',
  };
  expect(command(dir, ['claim', 'a.ts'], env).code).toBe(0);
  expect(git(dir, 'rev-parse', 'intercom~1')).toBe(golden);
  expectSound(dir, ['a.ts']);
});

test('two clones that begin apart share it', async () => {
  const [one, two] = [repository(), repository()];
  await claim(await open(one), 'a.ts');
  await claim(await open(two, 'bee'), 'b.ts');
  git(one, 'fetch', '--quiet', two, 'intercom:theirs');
  expect(git(one, 'merge-base', 'intercom', 'theirs')).toBe(golden);
  expectSound(one, ['a.ts']);
});

test('a clone begins where the branch of its remote is', async () => {
  const origin = repository();
  await claim(await open(origin), 'a.ts');
  const clone = join(folder(), 'clone');
  git(origin, 'clone', '--quiet', '.', clone);
  expect(command(clone, ['init']).code).toBe(0);
  expect(git(clone, 'rev-parse', 'refs/heads/intercom')).toBe(git(origin, 'rev-parse', 'intercom'));
  expect(await held(await open(clone))).toEqual(['a.ts']);
  expectSound(clone, ['a.ts']);
});

test.each([
  ['init', ['init']],
  ['claim', ['claim']],
])('eight processes that %s at once all succeed, on one history', async (_, words) => {
  const dir = repository();
  const ran = Array.from({ length: 8 }, async (_, n) => {
    const args = [`${root}dist/bin.cjs`, ...words, ...(words[0] === 'claim' ? [`file${n}.ts`] : [])];
    const child = spawn(process.execPath, args, { cwd: dir, env: { ...process.env, INTERCOM_AGENT: `agent${n}` } });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const [code] = await once(child, 'close');
    return { code, said };
  });
  for (const { code, said } of await Promise.all(ran)) {
    expect(said).not.toMatch(/^error/m);
    expect(code).toBe(0);
  }
  expect(git(dir, 'rev-list', '--max-parents=0', 'intercom')).toBe(golden);
  expect(git(dir, 'rev-list', '--merges', 'intercom')).toBe('');
  const paths = words[0] === 'claim' ? Array.from({ length: 8 }, (_, n) => `file${n}.ts`) : [];
  expect(subjects(dir)).toHaveLength(paths.length + 1);
  expectSound(dir, paths);
});

test('two handles that open at once, on an empty repository, do so too', async () => {
  const dir = join(folder(), 'empty');
  git(folder(), 'init', '--quiet', dir);
  const [fox, bee] = await Promise.all([open(dir), open(dir, 'bee')]);
  await Promise.all([claim(fox, 'a.ts'), claim(bee, 'b.ts')]);
  expect(git(dir, 'rev-list', '--max-parents=0', 'intercom')).toBe(golden);
  expect(fsck(dir)).toBe('');
  expectSound(dir, ['a.ts', 'b.ts']);
});

test('init again, and init where others work already, changes nothing', async () => {
  const dir = repository();
  await claim(await open(dir), 'a.ts');
  const tip = git(dir, 'rev-parse', 'intercom');
  expect(command(dir, ['init']).code).toBe(0);
  expect(command(dir, ['init']).out).toContain('Nothing had to change');
  expect(git(dir, 'rev-parse', 'intercom')).toBe(tip);
  expectSound(dir, ['a.ts']);
});
