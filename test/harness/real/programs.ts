/**
 * Real harnesses, as their makers publish them on npm. They are large and not free, so they are no dependencies: a
 * continuous integration installs them beside the packages, once for a clone; INTERCOM_TEST_HARNESSES may name a folder
 * that has them already, each in `<name>/node_modules`.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../tooling/sources.ts';

interface Program {
  readonly package: string;
  readonly version: string;
  /** Below the folder that npm installed into. */
  readonly file: string;
}

const programs = {
  'claude-code': {
    package: '@anthropic-ai/claude-code',
    version: '2.1.329',
    file: `node_modules/@anthropic-ai/claude-code-${process.platform}-${process.arch}/claude`,
  },
} satisfies Readonly<Record<string, Program>>;

export type ProgramName = keyof typeof programs;

export function programOf(name: ProgramName): string {
  return join(folderOf(name), programs[name].file);
}

/** Undefined when it is there; else why it is not. */
export async function whyNoProgram(name: ProgramName): Promise<string | undefined> {
  if (existsSync(programOf(name))) return undefined;
  const { package: packageName, version } = programs[name];
  if (process.env.CI === undefined) return `${packageName} is installed where CI is set`;
  const folder = folderOf(name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const words = ['install', `${packageName}@${version}`, '--no-audit', '--no-fund', '--loglevel=error'];
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: process.env.NPM_EXTRA_CA_CERTS };
  const failed = await promisify(execFile)('npm', words, { cwd: folder, env, timeout: 300_000 }).then(
    () => '',
    (cause: Error) => cause.message,
  );
  return existsSync(programOf(name)) ? undefined : `npm could not install ${packageName}: ${failed.slice(0, 300)}`;
}

function folderOf(name: ProgramName): string {
  const given = process.env.INTERCOM_TEST_HARNESSES;
  if (given) return join(given, name);
  return join(root, 'node_modules/.cache/git-intercom', `${name}-${programs[name].version}`);
}
