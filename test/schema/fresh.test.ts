/** What is generated is fresh, and `generate.mjs --check` would say so if it were not. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { fill } from '../../scripts/generate/markers.ts';
import { removeFolder } from '../remove-folder.ts';
import { run } from '../tooling/run.ts';
import { root } from '../tooling/sources.ts';

const generate = (...args: readonly string[]) => run(process.execPath, [`${root}scripts/generate.mjs`, ...args]);

test('every generated file is fresh', async () => {
  expect(await generate('--check')).toEqual({ exitCode: 0, output: '' });
  for (const path of ['schema/README.md', 'README.md']) expect(existsSync(root + path), path).toBe(true);
});

test('README.md has a place for the commands', () => {
  expect(readFileSync(`${root}README.md`, 'utf8')).toContain('<!-- commands -->');
});

describe('a copy', () => {
  const copy = mkdtempSync(join(tmpdir(), 'git-intercom-fresh-'));
  const at = (path: string) => join(copy, path);
  const change = (path: string, from: string | RegExp, to: string) =>
    writeFileSync(at(path), readFileSync(at(path), 'utf8').replace(from, to));

  beforeEach(() => {
    for (const path of ['schema', 'man', 'README.md']) {
      rmSync(at(path), { recursive: true, force: true });
      cpSync(root + path, at(path), { recursive: true });
    }
  });
  afterAll(() => removeFolder(copy));

  test('that was changed by hand is stale, file by file, and generating mends it', async () => {
    const changes: readonly (readonly [path: string, from: string | RegExp, to: string])[] = [
      ['schema/claim.schema.json', '"why"', '"reason"'],
      ['schema/config.schema.json', /\n$/, ''],
      ['man/git-intercom.1', 'Wrong usage', 'Bad usage'],
      ['schema/README.md', 'leaseSeconds: 1800', 'leaseSeconds: 1801'],
      ['README.md', 'who holds what, and who stands in line', 'who holds what'],
    ];
    for (const [path, from, to] of changes) change(path, from, to);
    rmSync(at('schema/fence.schema.json'));
    const paths = [...changes.map(([path]) => path), 'schema/fence.schema.json'];
    const check = await generate('--check', '--root', copy);
    expect(check.exitCode).toBe(1);
    expect(check.output.split('\n').sort()).toEqual(
      ['', ...paths.map((path) => `${path} is stale.`), 'Run npm run generate.'].sort(),
    );
    expect((await generate('--root', copy)).exitCode).toBe(0);
    for (const path of paths) expect(readFileSync(at(path), 'utf8')).toBe(readFileSync(root + path, 'utf8'));
  });

  test('with the schema of a kind that is no more is stale, and generating takes it away', async () => {
    writeFileSync(at('schema/parcel.schema.json'), '{}');
    expect((await generate('--check', '--root', copy)).output).toContain('schema/parcel.schema.json is stale.');
    await generate('--root', copy);
    expect(existsSync(at('schema/parcel.schema.json'))).toBe(false);
  });

  test('whose words between the generated parts were changed is fresh', async () => {
    change('schema/README.md', 'The tree is the present', 'The present is the tree');
    change('README.md', '# git-intercom', '# Git Intercom');
    expect(await generate('--check', '--root', copy)).toEqual({ exitCode: 0, output: '' });
  });

  test('without a README, or with one that has no place for the commands, is fresh', async () => {
    writeFileSync(at('README.md'), '# mine\n');
    expect((await generate('--check', '--root', copy)).exitCode).toBe(0);
    rmSync(at('README.md'));
    expect((await generate('--check', '--root', copy)).exitCode).toBe(0);
  });

  test('with half a place for the commands is an error that says so', async () => {
    change('README.md', '<!-- /commands -->', '');
    const { exitCode, output } = await generate('--check', '--root', copy);
    expect(exitCode).toBe(1);
    expect(output).toContain('README.md wants <!-- commands --> once and <!-- /commands --> once, in this order.');
  });
});

describe('markers', () => {
  const sections = new Map([['a', 'new']]);

  test.each([
    ['<!-- a -->\n<!-- /a -->', '<!-- a -->\n\nnew\n\n<!-- /a -->'],
    ['x <!-- a -->old<!-- /a --> y', 'x <!-- a -->\n\nnew\n\n<!-- /a --> y'],
    ['<!-- b -->\n<!-- /b -->', '<!-- b -->\n<!-- /b -->'],
    ['', ''],
  ])('%j is filled', (text, filled) => {
    expect(fill(text, sections, 'x.md')).toBe(filled);
    expect(fill(filled, sections, 'x.md')).toBe(filled);
  });

  test.each(['<!-- a -->', '<!-- /a -->', '<!-- /a --><!-- a -->', '<!-- a --><!-- a --><!-- /a -->'])(
    '%j is wrong',
    (text) => {
      expect(() => fill(text, sections, 'x.md')).toThrow('x.md wants <!-- a --> once and <!-- /a --> once');
    },
  );

  test('what is filled in may look like a pattern of replace', () => {
    expect(fill('<!-- a --><!-- /a -->', new Map([['a', "$& $' $1"]]), 'x.md')).toContain("$& $' $1");
  });
});
