import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HookPlace } from './place.ts';

describe('time and policy', () => {
  test('a claim of ours that lapsed, and that another has taken since, counts no more', async () => {
    const place = new HookPlace();
    await place.claim('ada', 'src/auth.ts', '--for', '60s');
    place.put('src/auth.ts', 'changed\n');
    place.nowMs += 120_000;
    const { stdout } = await place.as('bob', ['intercom', 'claim', '--json', 'src/auth.ts']);
    expect(JSON.parse(stdout).claim.token).toBe('1.2');
    expect((await place.as('ada', ['commit', '-am', 'Mine'])).code).toBe(1);
  });

  test('a lapsed claim of another stops nobody', async () => {
    const place = new HookPlace();
    await place.claim('bob', 'src/auth.ts', '--for', '60s');
    place.put('src/auth.ts', 'changed\n');
    place.nowMs += 120_000;
    expect((await place.as('ada', ['commit', '-am', 'Mine'])).code).toBe(0);
  });

  test.each([
    ['hooks:\n  commit: warn\n', 0, /goes on: hooks\.commit of the policy says warn/],
    ['hooks:\n  commit: off\n', 0, /^$/],
    ['hooks: {commit: warn}\n', 0, /goes on: hooks\.commit of the policy says warn/],
    ['hooks:\n  push: off\n', 1, /is refused/],
  ])('with the policy %j the exit code is %i', async (policy, code, said) => {
    const place = new HookPlace();
    await place.claim('bob', 'src/auth.ts');
    place.put('.intercom/config.yaml', policy);
    place.put('src/auth.ts', 'changed\n');
    const ran = await place.as('ada', ['commit', '-am', 'Mine']);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toMatch(said);
  });

  test('with a coordination branch of another name', async () => {
    const place = new HookPlace();
    place.put('.intercom/config.yaml', 'branch: team/talk\n');
    await place.claim('bob', 'src/auth.ts');
    place.put('src/auth.ts', 'changed\n');
    expect((await place.as('ada', ['commit', '-am', 'Mine'])).code).toBe(1);
  });
});

test('a file that is called like a glob and taken away is that file alone, however the answer is found', async () => {
  const place = new HookPlace();
  place.put('src/[ab].ts', '');
  await place.as('ada', ['add', '.']);
  expect((await place.as('ada', ['commit', '-m', 'Brackets'])).code).toBe(0);
  place.put('.intercom/config.yaml', 'branch: team/talk\n');
  await place.claim('bob', 'src/a.ts');
  await place.as('ada', ['rm', '--quiet', 'src/[[]ab].ts']);
  expect(await place.as('ada', ['commit', '-m', 'No brackets'])).toMatchObject({ code: 0, stderr: '' });
  expect(place.message()).toBe('No brackets');
});

describe('a guard that is broken lets git go on', () => {
  test('silently where nobody coordinates', async () => {
    const place = new HookPlace();
    place.put('src/auth.ts', 'changed\n');
    expect(await place.as('ada', ['commit', '-qam', 'Mine'])).toMatchObject({ code: 0, stderr: '', stdout: '' });
    expect(place.tip()).toBe('');
  });

  test('a projection that is gone is not missed', async () => {
    const place = new HookPlace();
    await place.claim('bob', 'src/auth.ts');
    rmSync(join(place.repo, '.git/intercom'), { recursive: true, force: true });
    place.put('src/auth.ts', 'changed\n');
    expect((await place.as('ada', ['commit', '-am', 'Mine'])).code).toBe(1);
  });

  test.each([
    ['a ref that holds nothing', '.git/refs/heads/intercom', ''],
    ['a policy that cannot be read', '.intercom/config.yaml', 'hooks: [\n'],
  ])('with one line for %s', async (_what, file, text) => {
    const place = new HookPlace();
    await place.claim('bob', 'src/auth.ts');
    place.put(file, text);
    place.put('src/auth.ts', 'changed\n');
    const { code, stderr } = await place.as('ada', ['commit', '-qm', 'Mine', 'src/auth.ts']);
    expect(code).toBe(0);
    for (const line of stderr.trim().split('\n')) expect(line).toMatch(/^git intercom: .+ and git goes on: /);
    expect(stderr).toContain('pre-commit looked at nothing');
  });

  test('with one line for a name that is none', async () => {
    const place = new HookPlace();
    await place.claim('bob', 'src/auth.ts');
    place.put('src/auth.ts', 'changed\n');
    const { code, stderr } = await place.as(undefined, ['commit', '-qam', 'Mine'], { INTERCOM_AGENT: 'no name' });
    expect(code).toBe(0);
    expect(stderr).toContain('cannot be the name of an agent');
  });
});
