import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeFolder } from '../remove-folder.ts';
import { run } from './run.ts';
import { root } from './sources.ts';

const { name, version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'git-intercom-package-'));
const project = join(folder, 'project');
let packed: readonly string[] = [];

async function npm(cwd: string, ...args: string[]): Promise<string> {
  const { exitCode, output } = await run('npm', [...args, '--loglevel=error', '--no-update-notifier'], {
    cwd,
    env: { NODE_EXTRA_CA_CERTS: process.env.NPM_EXTRA_CA_CERTS },
  });
  expect(exitCode, output).toBe(0);
  return output;
}

beforeAll(async () => {
  // Without scripts: the global setup has built dist/, and other tests are reading it.
  const report = await npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder);
  const [tarball] = JSON.parse(report.slice(report.indexOf('[')));
  packed = tarball.files.map((file: { path: string }) => file.path);
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "private": true }');
  await npm(project, 'install', '--prefer-offline', '--no-audit', '--no-fund', join(folder, tarball.filename));
});

afterAll(() => removeFolder(folder));

test('the tarball holds what a user needs and nothing else', () => {
  const expected = ['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'hooks', 'man', 'package.json', 'schema'];
  const top = new Set(packed.map((path) => path.split('/')[0]));
  expect([...top].filter((entry) => !expected.includes(entry ?? ''))).toEqual([]);
  expect(packed).toEqual(expect.arrayContaining(['LICENSE', 'package.json', 'dist/types/index.d.ts']));
  expect(packed).toEqual(
    expect.arrayContaining(['man/git-intercom.1', 'schema/README.md', 'schema/config.schema.json']),
  );
  expect(packed).toEqual(
    expect.arrayContaining(
      ['opencode/intercom.js', 'pi/intercom.ts', 'copilot/extension.mjs'].map((file) => `dist/plugins/${file}`),
    ),
  );
  expect(packed).toEqual(
    expect.arrayContaining(['icon.svg', 'page.css', 'page.html', 'page.js'].map((file) => `dist/web/${file}`)),
  );
  const built = packed
    .filter((path) => /^dist\/[^/]+$/.test(path))
    .map((path) => path.replace(/-[A-Z0-9]{8}(?=\.cjs$)/, '-*'));
  expect([...new Set(built)].sort()).toEqual(
    [
      ...['age.cjs', 'bin.cjs', 'git-hook.cjs', 'hook.cjs', 'index.js', 'licenses.txt', 'main.cjs'],
      ...['quick-hook.cjs', 'secrets.cjs'],
      ...['serve-*.cjs', 'serve.cjs', 'setup.cjs', 'web.cjs'],
    ].map((file) => `dist/${file}`),
  );
});

test('the installed command tells its version', async () => {
  const { exitCode, output } = await run('npx', ['--no-install', name, '--version'], { cwd: project });
  expect(output).toContain(version);
  expect(exitCode).toBe(0);
});

test('git finds the command as its own', async () => {
  const path = [join(project, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const { exitCode, output } = await run('git', ['intercom', '--version'], { cwd: project, env: { PATH: path } });
  expect(output).toContain(version);
  expect(exitCode).toBe(0);
});

test('the library can be imported', async () => {
  const program = `console.log(Object.keys(await import('${name}')).length > 0)`;
  const { output } = await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: project });
  expect(output.trim()).toBe('true');
});

test('the declarations of the library hold for a strict user', async () => {
  writeFileSync(join(project, 'user.ts'), `import * as library from '${name}';\nexport const used = library;\n`);
  const options = ['--strict', '--module', 'nodenext', '--target', 'es2023', '--types', '', '--noEmit', 'user.ts'];
  const { exitCode, output } = await run(`${root}node_modules/.bin/tsc`, options, { cwd: project });
  expect(exitCode, output).toBe(0);
});

test('the lock file names the packages of every platform, so that it installs on each', () => {
  const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'));
  const missing = Object.entries<{ optionalDependencies?: object }>(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter(
      (dependency) => !(`node_modules/${dependency}` in packages || `${path}/node_modules/${dependency}` in packages),
    ),
  );
  expect(missing).toEqual([]);
});
