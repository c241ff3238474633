/**
 * The programs that manage hooks in other people's projects, in the versions that we are tried with. They are no
 * dependencies: a continuous integration installs them, once for a clone, beside the packages.
 */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../tooling/sources.ts';

const versions = { husky: '9.1.7', lefthook: '2.2.2', 'simple-git-hooks': '2.14.0' };
const named = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
const folder = join(root, 'node_modules/.cache/git-intercom', `hook-packages-${named.join('-').replaceAll('@', '-')}`);

/** To be linked into a project. */
export const packages = join(folder, 'node_modules');

/** Undefined when they are there; else why they are not. */
export async function whyNoPackages(): Promise<string | undefined> {
  if (isWhole()) return undefined;
  if (process.env.CI === undefined) return `${named.join(', ')} are installed where CI is set`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: process.env.NPM_EXTRA_CA_CERTS };
  const failed = await promisify(execFile)('npm', ['install', ...named, ...options], {
    cwd: folder,
    env,
    timeout: 100_000,
  }).then(
    () => '',
    (cause: Error) => cause.message,
  );
  return isWhole() ? undefined : `npm could not install ${named.join(', ')}: ${failed.slice(0, 300)}`;
}

function isWhole(): boolean {
  return Object.keys(versions).every((name) => existsSync(join(packages, '.bin', name)));
}

/** Undefined when pre-commit (pre-commit.com, a Python program) is on the PATH. */
export function whyNoPreCommit(): string | undefined {
  return spawnSync('pre-commit', ['--version']).status === 0 ? undefined : 'pre-commit is not on the PATH';
}

/** Undefined when git has hooks in its configuration. */
export function whyNoConfigHooks(): string | undefined {
  const [, major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(spawnSync('git', ['--version']).stdout.toString()) ?? [];
  const isThere = Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 54);
  return isThere ? undefined : `git ${major}.${minor} has no hooks in its configuration; 2.54 has`;
}
