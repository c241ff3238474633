/**
 * `kill -9` at every step of a command that changes something on the disk: what was acknowledged is there, what was not
 * is there wholly or not at all, and whoever comes next just goes on.
 */
import { readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asAgent, askDoctor, troublesAfter } from './aftermath.ts';
import { command, type Steps, untilEnd } from './command.ts';
import { commitsOf, coordinationRef, copyRepository, filesAt, git, makeRepository, tipOf } from './repository.ts';
import { keptIn, templateWithLongProjection, templateWithMail, templateWithPacks } from './templates.ts';

interface Scenario {
  readonly template: string;
  readonly words: readonly string[];
  readonly how?: Steps['how'];
  readonly only?: string;
  readonly links?: Steps['links'];
}

/** Kills the command at each of its steps, in a copy of the template each. Answers what is wrong, and how many steps. */
async function killAtEach({ template, words, how = 'kill', only, links }: Scenario) {
  const troubles: string[] = [];
  const kept = keptIn(template);
  const steps = await untilEnd(async (at) => {
    const dir = copyRepository(template);
    const ended = await command(dir, words, { agent: 'joan', steps: { how, at, only, links } });
    const next = at % 2 === 0 ? 'doctor' : 'work';
    const found = [...halfCommits(dir, template, words, ended.stdout), ...(await troublesAfter(dir, kept, next))];
    troubles.push(...found.map((trouble) => `${how} at step ${at}: ${trouble}`));
    if (ended.signal === 'SIGKILL') return 'on';
    if (ended.exitCode !== 0) troubles.push(`not killed, exit code ${ended.exitCode}: ${ended.stderr}`);
    return 'end';
  });
  return { troubles, steps };
}

/** The killed command's commit is not there, or there with all its files; and it is there when it was acknowledged. */
function halfCommits(dir: string, template: string, [op]: readonly string[], stdout: string): string[] {
  if (op === 'gc' || op === 'init') return [];
  const base = tipOf(template);
  const range = base === undefined ? coordinationRef : `${base}..${coordinationRef}`;
  const commits = tipOf(dir) === undefined ? [] : commitsOf(dir, range).filter((commit) => commit.op !== 'open');
  if (commits.length === 0) return stdout === '' ? [] : [`acknowledged, but not there: ${stdout}`];
  if (commits.length > 1 || commits[0]?.op !== op) return [`commits: ${commits.map((each) => each.op).join(', ')}`];
  const before = base === undefined ? [] : filesAt(dir, base);
  const added = filesAt(dir, coordinationRef).filter((file) => !before.includes(file));
  const folders = op === 'send' ? ['agents', 'inbox/ada', 'inbox/grace', 'messages'] : ['agents', 'claims'];
  const missing = folders.filter((folder) => !added.some((file) => file.startsWith(`.intercom/${folder}/`)));
  return missing.map((folder) => `a commit without ${folder}`);
}

const sending = ['send', 'ada', 'grace', 'a word to both', '--json'];
const claiming = ['claim', 'src/c.ts', '--json'];

describe('kill -9 at each step of', { timeout: 300_000 }, () => {
  test('a commit', async () => {
    const { troubles, steps } = await killAtEach({ template: await templateWithMail(), words: sending });
    expect(troubles).toEqual([]);
    expect(steps).toBeGreaterThan(30);
  });

  test('a commit, in the middle of each write', async () => {
    const { troubles } = await killAtEach({ template: await templateWithMail(), words: sending, how: 'tear' });
    expect(troubles).toEqual([]);
  });

  test('the first commit, which makes the branch', async () => {
    const { troubles } = await killAtEach({ template: makeRepository(), words: claiming });
    expect(troubles).toEqual([]);
  });

  test('a commit where ref and objects are packed', async () => {
    const template = await templateWithMail();
    await command(template, ['gc', '--pack-only']);
    git(template, 'pack-refs', '--all');
    const { troubles } = await killAtEach({ template, words: sending, only: 'refs|ref-journal' });
    expect(troubles).toEqual([]);
  });

  test('a commit where there are no hard links', async () => {
    const template = await templateWithMail();
    // Between making the write lock and writing it: see locks.test.ts.
    const only = '^(?!write .*write.lock).*(refs|ref-journal|write.lock)';
    const { troubles, steps } = await killAtEach({ template, words: sending, only, links: 'none' });
    expect(troubles).toEqual([]);
    expect(steps).toBeGreaterThan(7);
  });

  test('a commit that takes over the lock of one who was killed', async () => {
    const template = await templateWithMail();
    await command(template, claiming, { agent: 'joan', steps: { how: 'kill', at: 1, only: 'ref-journal' } });
    const { troubles, steps } = await killAtEach({ template, words: claiming, only: 'write.lock|holders|line' });
    expect(troubles).toEqual([]);
    expect(steps).toBeGreaterThan(8);
  });

  test('a commit that rewrites a file of the projection', async () => {
    const template = await templateWithLongProjection();
    const { troubles } = await killAtEach({ template, words: claiming, only: 'projection' });
    expect(troubles).toEqual([]);
  });

  test('init', async () => {
    const { troubles } = await killAtEach({
      template: makeRepository(),
      words: ['init', '--json'],
      only: '^(link|rename|unlink)',
    });
    expect(troubles).toEqual([]);
  });

  test('doctor --fix, which puts a torn ref right', async () => {
    const template = await templateWithMail();
    git(template, 'pack-refs', '--all');
    await asAgent(template, 'ada', (ada) => ada.claim({ paths: ['after/packing.ts'] }));
    const tip = tipOf(template);
    const kept = keptIn(template);
    truncateSync(join(template, '.git', coordinationRef), 0);
    const troubles: string[] = [];
    await untilEnd(async (at) => {
      const dir = copyRepository(template);
      const ended = await command(dir, ['doctor', '--fix'], { steps: { how: 'kill', at } });
      const found = readFileSync(join(dir, '.git', coordinationRef), 'latin1').trim();
      if (found !== '' && found !== tip) troubles.push(`kill at step ${at}: the ref is ${found}`);
      await askDoctor(dir, { fix: true });
      troubles.push(...(await troublesAfter(dir, kept, 'work')).map((trouble) => `kill at step ${at}: ${trouble}`));
      return ended.signal === 'SIGKILL' ? 'on' : 'end';
    });
    expect(troubles).toEqual([]);
  });

  test('a commit that makes the projection anew', async () => {
    const template = await templateWithMail();
    rmSync(join(template, '.git/intercom/projection/stamp'));
    const { troubles } = await killAtEach({ template, words: claiming, how: 'tear', only: 'projection' });
    expect(troubles).toEqual([]);
  });

  test.each([
    [0, 'packing'],
    [7, 'packing that joins the packs'],
  ])('with %i packs, %s', async (packs) => {
    const template = await templateWithPacks(packs);
    const { troubles } = await killAtEach({ template, words: ['gc', '--pack-only'] });
    expect(troubles).toEqual([]);
  });
});
