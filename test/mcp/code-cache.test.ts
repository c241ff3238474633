/** What was compiled is kept for the next start, of servers and commands; whatever lies in its place does no harm. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { removeFolder } from '../remove-folder.ts';
import { root } from '../tooling/sources.ts';

const hello = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
const input = `${JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'initialize', params: hello })}\n`;

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'intercom-code-cache-'));
  onTestFinished(() => removeFolder(dir));
  return dir;
}

/** One run of the server to its end, which must be as if there were no cache. */
function serve(cacheHome: string, env: Readonly<Record<string, string>> = {}): void {
  const options = { cwd: env.HOME ?? tmpdir(), input, encoding: 'utf8' as const, timeout: 20_000 };
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/bin.cjs'), 'mcp'], {
    ...options,
    env: { PATH: process.env.PATH, HOME: tmpdir(), XDG_CACHE_HOME: cacheHome, ...env },
  });
  expect({ status, signal, stderr: stderr.slice(0, 500) }).toEqual({ status: 0, signal: null, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ id: 0, result: { serverInfo: { name: 'intercom' } } });
}

/** The kept files; another write of one is another inode. */
function kept(cacheHome: string) {
  const dir = join(cacheHome, 'git-intercom');
  return readdirSync(dir).map((name) => ({ file: join(dir, name), inode: statSync(join(dir, name)).ino }));
}

test('the first run keeps what was compiled, for this user alone, and the second uses it', () => {
  const home = folder();
  serve(home);
  const first = kept(home);
  expect(first.length).toBeGreaterThan(0);
  expect(first.map(({ file }) => (statSync(file).mode & 0o777).toString(8))).toEqual(first.map(() => '600'));
  serve(home);
  expect(kept(home)).toEqual(first);
});

test('a command keeps what it compiled too, and goes on with it; what takes us away keeps nothing', () => {
  const home = folder();
  const run = (...words: string[]) => {
    const env = { PATH: process.env.PATH, HOME: home, XDG_CACHE_HOME: home };
    return spawnSync(join(root, 'dist/bin.cjs'), words, { cwd: home, env, encoding: 'utf8' });
  };
  expect(run('remove', '--help')).toMatchObject({ status: 0, stderr: '' });
  expect(existsSync(join(home, 'git-intercom'))).toBe(false);
  const said = run('help', 'claim');
  expect(said).toMatchObject({ status: 0, stderr: '' });
  const first = kept(home);
  expect(first.map(({ file }) => file)).toEqual([expect.stringContaining('code-main.cjs')]);
  expect(run('help', 'claim').stdout).toBe(said.stdout);
  expect(kept(home)).toEqual(first);
});

test('a home folder without a cache folder gets one', () => {
  const home = folder();
  serve('', { HOME: home });
  expect(kept(join(home, '.cache')).length).toBeGreaterThan(0);
});

test('a relative cache folder is passed over, and nothing is written where the server was started', () => {
  const home = folder();
  serve('cache', { HOME: home });
  expect(readdirSync(home)).toEqual(['.cache']);
});

test.each<[string, (bytes: Buffer) => Buffer]>([
  ['empty', () => Buffer.alloc(0)],
  ['torn', (bytes) => bytes.subarray(0, bytes.length / 2)],
  ['not a cache', () => Buffer.from('{}')],
  ['all zeros', (bytes) => Buffer.alloc(bytes.length)],
  [
    'zeros in its second half',
    (bytes) => Buffer.concat([bytes.subarray(0, bytes.length / 2), Buffer.alloc(bytes.length / 2)]),
  ],
  [
    'zeros in its middle',
    (bytes) => Buffer.concat([bytes.subarray(0, 5_000), Buffer.alloc(4_096), bytes.subarray(9_096)]),
  ],
])('a cache file that is %s is not used, and is made anew', (_, damaged) => {
  const home = folder();
  serve(home);
  const whole = kept(home).map(({ file }) => ({ file, length: readFileSync(file).length }));
  for (const { file } of whole) writeFileSync(file, damaged(readFileSync(file)));
  const damagedInodes = kept(home).map(({ inode }) => inode);
  serve(home);
  for (const [n, { inode }] of kept(home).entries()) expect(inode).not.toBe(damagedInodes[n]);
  const sizes = kept(home).map(({ file }) => readFileSync(file).length);
  expect(sizes.map((size, n) => size > (whole[n]?.length ?? 0) / 2)).toEqual(sizes.map(() => true));
  serve(home);
});

test.each<[string, (dir: string) => string]>([
  ['below a file', (dir) => join(put(join(dir, 'file')), 'cache')],
  ['in /proc', () => '/proc/git-intercom-cache'],
  ['where a file lies in the place of our folder', (dir) => put(join(dir, 'git-intercom')) && dir],
])('a cache folder %s does no harm', (_, place) => {
  const home = place(folder());
  serve(home);
  serve(home);
});

function put(file: string): string {
  writeFileSync(file, '');
  return file;
}

test('two first runs at once leave one whole file, and nothing beside it', () => {
  const home = folder();
  mkdirSync(join(home, 'git-intercom'));
  const script = `for n in 1 2 3; do printf '%s' "$0" | "$1" "$2" mcp >/dev/null & done; wait`;
  spawnSync('sh', ['-c', script, input, process.execPath, join(root, 'dist/bin.cjs')], {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, HOME: tmpdir(), XDG_CACHE_HOME: home },
  });
  expect(kept(home).filter(({ file }) => file.includes('~'))).toEqual([]);
  const before = kept(home);
  serve(home);
  expect(kept(home)).toEqual(before);
});

test('what another build kept is taken away after a month', () => {
  const home = folder();
  mkdirSync(join(home, 'git-intercom'));
  const [old, young] = ['code-old', 'code-young'].map((name) => put(join(home, 'git-intercom', name))) as [
    string,
    string,
  ];
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
  utimesSync(old, daysAgo(31), daysAgo(31));
  utimesSync(young, daysAgo(29), daysAgo(29));
  serve(home);
  expect(existsSync(old)).toBe(false);
  expect(existsSync(young)).toBe(true);
});
