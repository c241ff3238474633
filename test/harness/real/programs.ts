/**
 * Real harnesses, as their makers publish them on npm. They are large, so they are no dependencies: a continuous
 * integration installs them beside the packages, once for a clone; INTERCOM_TEST_HARNESSES may name a folder that has them
 * already, each in `<name>/node_modules`.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../tooling/sources.ts';
import type { RealHarness } from './real-harness.ts';

export function programOf(harness: RealHarness): string {
  return join(folderOf(harness), harness.file);
}

/** Undefined when it is there; else why it is not. */
export async function whyNoProgram(harness: RealHarness): Promise<string | undefined> {
  if (existsSync(programOf(harness))) return undefined;
  if (process.env.CI === undefined) return `${harness.package} is installed where CI is set`;
  const folder = folderOf(harness);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const words = ['install', `${harness.package}@${harness.version}`, '--no-audit', '--no-fund', '--loglevel=error'];
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: process.env.NPM_EXTRA_CA_CERTS };
  const failed = await promisify(execFile)('npm', words, { cwd: folder, env, timeout: 300_000 }).then(
    () => '',
    (cause: Error) => cause.message,
  );
  return existsSync(programOf(harness)) ? undefined : `npm could not install it: ${failed.slice(0, 300)}`;
}

function folderOf({ name, version }: RealHarness): string {
  const given = process.env.INTERCOM_TEST_HARNESSES;
  return given ? join(given, name) : join(root, 'node_modules/.cache/git-intercom', `${name}-${version}`);
}
