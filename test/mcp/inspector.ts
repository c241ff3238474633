/**
 * The MCP Inspector, its command line alone: another client than the SDK's. 110 MB with its pages, so it is no
 * dependency; a continuous integration installs it, once for a clone, beside the packages.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../tooling/sources.ts';

const version = '2.12.0';
const folder = join(root, 'node_modules/.cache/git-intercom', `inspector-${version}`);
const program = join(folder, 'node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js');

export interface Inspected {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Undefined when it is there; else why it is not. */
export async function whyNoInspector(): Promise<string | undefined> {
  if (existsSync(program)) return undefined;
  if (process.env.CI === undefined) return 'the inspector (110 MB) is installed where CI is set';
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const words = ['install', `@modelcontextprotocol/inspector@${version}`];
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: process.env.NPM_EXTRA_CA_CERTS };
  const failed = await promisify(execFile)('npm', [...words, ...options], { cwd: folder, env, timeout: 100_000 }).then(
    () => '',
    (cause: Error) => cause.message,
  );
  return existsSync(program) ? undefined : `npm could not install the inspector: ${failed.slice(0, 300)}`;
}

/** Asks the built server over stdio. */
export function inspect(words: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Inspected> {
  const server = [process.execPath, join(root, 'dist/bin.cjs'), 'mcp'];
  return new Promise((resolve) => {
    const args = [program, '--cli', ...words, ...server];
    const child = execFile(process.execPath, args, { cwd, env, timeout: 60_000 }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}
