/** Runs the official conformance suite of the Model Context Protocol against a server, and reads what it found. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { removeFolder } from '../remove-folder.ts';
import { root } from '../tooling/sources.ts';

interface Check {
  readonly name: string;
  readonly status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO';
  readonly errorMessage?: string;
}

const program = [
  '--import',
  join(root, 'test/conformance/node20.mjs'),
  join(root, 'node_modules/@modelcontextprotocol/conformance/dist/index.js'),
];

export const revision = '2025-11-25';

/** The scenarios that the suite has for a server of this revision, those that it does not score yet among them. */
export async function scenarios(): Promise<string[]> {
  const { stdout } = await run('list', '--server', '--spec-version', revision);
  return [...stdout.matchAll(/^ {2}- (\S+)/gm)].map(([, name]) => name as string);
}

/** What each scenario found to be wrong; one that ran and found nothing has an empty list. */
export async function findings(address: string): Promise<Map<string, string[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'intercom-conformance-'));
  try {
    // It ends with 1 when a scenario fails; which one, and why, stands in the folder.
    await run('server', '--url', address, '--suite', 'all', '--spec-version', revision, '-o', folder).catch(() => {});
    return new Map(readdirSync(folder).map((name) => [scenarioOf(name), wrongIn(join(folder, name, 'checks.json'))]));
  } finally {
    removeFolder(folder);
  }
}

/** `server-ping-2026-11-21T14-20-00-000Z` */
function scenarioOf(folder: string): string {
  return folder.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT.*$/, '');
}

/** A scenario without a check found nothing because it looked at nothing. */
function wrongIn(file: string): string[] {
  const checks: Check[] = JSON.parse(readFileSync(file, 'utf8'));
  const wrong = checks.filter(({ status }) => status !== 'SUCCESS' && status !== 'INFO');
  const told = wrong.map(({ name, status, errorMessage }) => `${status} ${name}: ${errorMessage}`);
  return checks.some(({ status }) => status === 'SUCCESS') ? told : [...told, 'no check succeeded'];
}

function run(...words: string[]) {
  return promisify(execFile)(process.execPath, [...program, ...words], { timeout: 60_000, maxBuffer: 2 ** 26 });
}
