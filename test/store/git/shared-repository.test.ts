/** `core.sharedRepository`: whatever is made in the git directory has the modes that git itself gives it there. */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sharedMode, sharingOf } from '../../../src/store/local/shared-modes.ts';
import { root } from '../../tooling/sources.ts';
import { folder, git } from './sandbox.ts';

interface Made {
  readonly dir: string;
  /** Each with the umask of whoever is not careful. */
  readonly git: (...args: string[]) => void;
  readonly command: (input: string, ...args: string[]) => void;
}

function repositoryOf(shared: string, umask: string): Made {
  const dir = join(folder(), 'r');
  const run = (program: string[], cwd: string, input = '') => {
    const words = ['-c', `umask ${umask}; exec "$@"`, 'sh', ...program];
    const env = { ...process.env, INTERCOM_AGENT: 'fox' };
    const { status, stderr } = spawnSync('sh', words, { cwd, env, input, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${program.join(' ')}: ${stderr}`);
  };
  run(['git', 'init', '--quiet', '--template=', `--shared=${shared}`, dir], folder());
  run(['git', 'commit', '--quiet', '--allow-empty', '-m', 'one'], dir);
  writeFileSync(join(dir, 'a.ts'), '');
  return {
    dir,
    git: (...args) => run(['git', ...args], dir),
    command: (input, ...args) => run([process.execPath, `${root}dist/bin.cjs`, ...args], dir, input),
  };
}

/** By path from the git directory, in octal. */
function modes(dir: string): Map<string, string> {
  const top = join(dir, '.git');
  const names = readdirSync(top, { recursive: true, encoding: 'utf8' });
  return new Map(names.map((name) => [name, (statSync(join(top, name)).mode & 0o7777).toString(8)]));
}

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^objects\/[0-9a-f]{2}$/, 'folder of objects'],
  [/^objects\/[0-9a-f]{2}\/[0-9a-f]{38}$/, 'object'],
  [/^refs\/heads\/[^/]+$/, 'ref'],
];

function kindsOf(all: Map<string, string>, isWanted: (path: string) => boolean): Record<string, string[]> {
  const found = kinds.map(([pattern, kind]) => {
    const paths = [...all.keys()].filter((path) => pattern.test(path) && isWanted(path));
    return [kind, [...new Set(paths.map((path) => all.get(path) as string))]] satisfies [string, string[]];
  });
  return Object.fromEntries(found);
}

describe.each([
  ['group', '077'],
  ['all', '077'],
  ['0640', '022'],
  ['umask', '027'],
])('--shared=%s with umask %s', (shared, umask) => {
  test('has the same modes, whoever of the two has made it', () => {
    const made = repositoryOf(shared, umask);
    const byGit = modes(made.dir);
    made.command('', 'init', '--no-remote', '--harness', 'none', '--no-git-hooks', '--yes');
    made.command('', 'claim', 'a.ts');
    made.command('', 'send', 'fox', 'hello');
    made.command('', 'peek');
    made.command('', 'check-edit', 'a.ts');
    made.command('', 'search', 'hello');
    const session = { session_id: 's1', cwd: made.dir };
    const edit = { ...session, tool_name: 'Edit', tool_input: { file_path: join(made.dir, 'a.ts') } };
    made.command(JSON.stringify(session), 'hook', 'claude-code', 'SessionStart');
    for (let n = 0; n < 3; n++) made.command(JSON.stringify(edit), 'hook', 'claude-code', 'PreToolUse');
    const all = modes(made.dir);
    const isOurs = (path: string) => !byGit.has(path);
    expect(kindsOf(all, isOurs)).toEqual(kindsOf(byGit, () => true));
    const below = [...all].filter(([path]) => path.startsWith('intercom'));
    expect(below.length).toBeGreaterThan(10);
    const asGit = (path: string) =>
      byGit.get(statSync(join(made.dir, '.git', path)).isDirectory() ? 'refs/heads' : 'refs/heads/main');
    expect(below.filter(([path, mode]) => mode !== asGit(path))).toEqual([]);
    made.command('', 'gc');
    made.git('repack', '-q');
    const packs = [...modes(made.dir)].filter(([path]) => path.startsWith('objects/pack/'));
    const ofKept = packs.filter(([path]) => path.endsWith('.keep')).map(([, mode]) => mode);
    expect(ofKept).toEqual([byGit.get('refs/heads/main')]);
    expect(new Set(packs.filter(([path]) => path.endsWith('.pack')).map(([, mode]) => mode)).size).toBe(1);
  });
});

test('the configuration is read as git reads it', () => {
  const modeOf = (value: string | undefined) => {
    const sharing = sharingOf(value);
    return sharing === undefined ? undefined : sharedMode(0o600, sharing, false).toString(8);
  };
  const dir = join(folder(), 'r');
  git(folder(), 'init', '--quiet', dir);
  for (const value of [
    'umask',
    'group',
    'all',
    'world',
    'everybody',
    '0',
    '1',
    '2',
    'true',
    'no',
    '0640',
    '0600',
    '644',
  ]) {
    git(dir, 'config', 'core.sharedRepository', value);
    const before = new Set(modes(dir).keys());
    spawnSync('sh', ['-c', 'umask 077; git tag -f t $(git commit-tree -m x $(git mktree </dev/null))'], { cwd: dir });
    const mode = modes(dir).get('refs/tags/t');
    expect([value, modeOf(value) ?? '600']).toEqual([value, mode]);
    expect(before.size).toBeGreaterThan(0);
    git(dir, 'tag', '-d', 't');
  }
  for (const none of [undefined, '0400', 'nonsense', '']) expect(modeOf(none)).toBeUndefined();
});

test('nothing that the owner has is taken from him, and nobody has what he lacks', () => {
  const values = fc.constantFrom('group', 'all', '0660', '0640', '0664', '0600');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0o777 }), values, fc.boolean(), (made, value, isFolder) => {
      const mode = made | 0o400;
      const shared = sharedMode(mode, sharingOf(value) as NonNullable<ReturnType<typeof sharingOf>>, isFolder);
      expect(shared & 0o600).toBe(mode & 0o600);
      if ((mode & 0o200) === 0) expect(shared & 0o022 & ~mode).toBe(0);
      expect(sharedMode(shared, sharingOf(value) as NonNullable<ReturnType<typeof sharingOf>>, isFolder)).toBe(shared);
    }),
  );
});
