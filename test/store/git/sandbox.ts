/**
 * Repositories to try things on, made by the real git. Folders have a space and an umlaut in their names, so that each
 * test is one of paths, too. The person's own git configuration is left out.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { withCompiled } from '../../compiled.ts';
import { removeFolder } from '../../remove-folder.ts';

const home = realpathSync(mkdtempSync(join(tmpdir(), 'intercom home ')));
withCompiled(join(home, '.cache'));
afterAll(() => removeFolder(home));

export const globalConfig = join(home, 'gitconfig');
writeFileSync(
  globalConfig,
  '[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n[protocol "file"]\n\tallow = always\n[gc]\n\tauto = 0\n',
);
for (const name of Object.keys(process.env)) if (/^(GIT|INTERCOM|XDG)_/.test(name)) delete process.env[name];
Object.assign(process.env, { HOME: home, GIT_CONFIG_GLOBAL: globalConfig, GIT_CONFIG_NOSYSTEM: '1' });

/** A folder that is gone after the test. What brings records to a remote may still write there, and ends by itself. */
export function folder(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'intercom ü ')));
  onTestFinished(() => removeFolder(dir));
  return dir;
}

/** Throws with what git said where it fails. */
export function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd();
}

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export function tryGit(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Outcome {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd, encoding: 'utf8', env: { ...process.env, ...env } });
  return { code: status, out: stdout.trimEnd(), err: stderr.trimEnd() };
}

export function put(dir: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}

/** With one commit of two files on main. */
export function repository(dir = join(folder(), 'repository')): string {
  mkdirSync(dir, { recursive: true });
  git(dir, 'init', '--quiet');
  put(dir, { 'a.ts': 'a\n', 'src/b.ts': 'b\n' });
  git(dir, 'add', '.');
  git(dir, 'commit', '--quiet', '-m', 'one');
  return dir;
}
