/** Which remote a clone shares by: asked for, known already, or none. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Ran, run, Scratch } from './scratch.ts';

let scratch: Scratch;
beforeEach(() => {
  scratch = new Scratch();
});
afterEach(() => scratch.remove());

const file = () => join(scratch.repo, '.intercom/config.yaml');
const config = () => parse(readFileSync(file(), 'utf8')) ?? {};
function intercom(...words: string[]): Promise<Ran> {
  return run('git-intercom', words, scratch.repo, scratch.env());
}
async function init(...words: string[]) {
  const ran = await intercom('init', '--json', '--harness', 'none', ...words);
  return { code: ran.code, ...JSON.parse(ran.stdout) };
}

test('a remote is written into the policy, with all defaults shown, and a second run changes nothing', async () => {
  scratch.git('remote', 'add', 'origin', '../origin.git');
  expect(await init('--remote', 'origin')).toMatchObject({ code: 0, remote: 'origin' });
  expect(config()).toEqual({ remote: 'origin' });
  expect(readFileSync(file(), 'utf8')).toContain('# skipCi: true');
  expect(await init('--remote', 'origin')).toMatchObject({ remote: 'origin', changed: [] });
  expect(await init()).toMatchObject({ remote: 'origin', changed: [] });
});

test('--no-remote takes it out again, to the byte', async () => {
  scratch.git('remote', 'add', 'origin', '../origin.git');
  await init('--no-remote');
  const without = readFileSync(file(), 'utf8');
  await init('--remote', 'origin');
  expect(await init('--no-remote')).toMatchObject({ remote: null, changed: ['.intercom/config.yaml'] });
  expect(readFileSync(file(), 'utf8')).toBe(without);
});

test('in a rehearsal nothing is written', async () => {
  scratch.git('remote', 'add', 'origin', '../origin.git');
  const told = await init('--remote', 'origin', '--dry-run');
  expect(told).toMatchObject({ remote: 'origin', changed: ['.intercom/config.yaml', 'refs/heads/intercom'] });
  expect(existsSync(file())).toBe(false);
});

test('both at once is wrong use', async () => {
  expect(await init('--remote', 'origin', '--no-remote')).toMatchObject({ code: 2, error: { code: 'usage' } });
});

test('a name that git does not know is refused with the nearest', async () => {
  scratch.git('remote', 'add', 'upstream', '../up.git');
  const told = await init('--remote', 'upstraem');
  expect(told).toMatchObject({ code: 2, error: { data: { nearest: ['upstream'] } } });
  expect(told.error.next).toBe('Run git intercom init --remote upstream.');
  expect(existsSync(file())).toBe(false);
});

test('a URL is taken as it is, but not with a password in it', async () => {
  expect(await init('--remote', 'https://ada:secret@example.org/app.git')).toMatchObject({ code: 2 });
  expect(existsSync(file())).toBe(false);
  const url = 'https://example.org/app.git';
  expect(await init('--remote', url)).toMatchObject({ code: 0, remote: url });
});

test('where nobody can be asked, one line says how', async () => {
  scratch.git('remote', 'add', 'origin', '../origin.git');
  expect((await intercom('init', '--yes', '--harness', 'none')).stdout).toContain('git intercom init --remote origin');
  expect(await init()).toMatchObject({ remote: null });
});

test('a clone of a repository whose branch is shared goes on sharing, and says so in its policy', async () => {
  await init();
  const clone = join(scratch.dir, 'clone');
  scratch.git('clone', '--quiet', scratch.repo, clone);
  const ran = await run('git-intercom', ['init', '--json', '--harness', 'none'], clone, scratch.env());
  expect(JSON.parse(ran.stdout)).toMatchObject({ remote: 'origin' });
  expect(parse(readFileSync(join(clone, '.intercom/config.yaml'), 'utf8'))).toEqual({ remote: 'origin' });
});

test('remove takes the whole file where init wrote it, and the line where somebody else did', async () => {
  scratch.git('remote', 'add', 'origin', '../origin.git');
  await init();
  await init('--remote', 'origin');
  await intercom('remove', '--yes');
  expect(existsSync(file())).toBe(false);

  const own = '# ours\nlease:\n  max: 2h # long\n';
  await init();
  writeFileSync(file(), own);
  await init('--remote', 'origin');
  await init('--remote', 'https://example.org/app.git');
  expect(readFileSync(file(), 'utf8')).toContain('# ours');
  await intercom('remove', '--yes');
  expect(readFileSync(file(), 'utf8')).toBe(own);
});

test('a policy in a form that has no line for it is left alone, and the line is told', async () => {
  await init();
  writeFileSync(file(), '{branch: intercom}\n');
  const told = await init('--remote', 'https://example.org/app.git');
  expect(told).toMatchObject({ code: 3 });
  expect(told.error.next).toContain('remote: https://example.org/app.git');
  expect(readFileSync(file(), 'utf8')).toBe('{branch: intercom}\n');
});
