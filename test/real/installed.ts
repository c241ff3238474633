/**
 * The real command line of a harness, at a version that is named here. Each is some hundred megabytes, so none is a
 * dependency: it is installed from npm into a cache of the user's where CI is set, and used wherever it is there already.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Distribution {
  readonly harness: string;
  readonly version: string;
  readonly package: string;
  /** Its program below `node_modules`. */
  readonly program: string;
  /** The oldest node that runs it, where that is newer than ours. */
  readonly node?: number;
}

/** The home of the account, for the variable HOME may name a temporary one. */
const cache =
  process.env.HARNESS_CACHE ??
  join(process.env.XDG_CACHE_HOME ?? join(userInfo().homedir, '.cache'), 'git-intercom-test');

export function programOf(distribution: Distribution): string {
  return join(folderOf(distribution), 'node_modules', distribution.program);
}

/** For what needs a newer node than runs the tests: the program alone, as npm has it for each platform. */
const newerNode: Distribution = {
  harness: 'node',
  version: '24.21.0',
  package: `node-${process.platform}-${process.arch}`,
  program: `node-${process.platform}-${process.arch}/bin/node`,
};

/** The node that it must be started with; undefined where it starts by itself. */
export function nodeFor(distribution: Distribution): string | undefined {
  return needsNewerNode(distribution) ? programOf(newerNode) : undefined;
}

function needsNewerNode({ node = 0 }: Distribution): boolean {
  return Number.parseInt(process.versions.node, 10) < node;
}

/** By `npm run test:harness`. */
export const areAllAsked = process.env.MODE === 'harness';

const asked = new Map<string, Promise<string | undefined>>();

/** Undefined when it is there; else why it is not. Tries once. */
export function whyMissing(distribution: Distribution): Promise<string | undefined> {
  const folder = folderOf(distribution);
  const known = asked.get(folder) ?? lookFor(distribution);
  asked.set(folder, known);
  return known;
}

async function lookFor(distribution: Distribution): Promise<string | undefined> {
  const withoutNode = needsNewerNode(distribution) ? await whyMissing(newerNode) : undefined;
  if (withoutNode !== undefined) return withoutNode;
  const program = programOf(distribution);
  if (existsSync(program)) return undefined;
  const name = `${distribution.package}@${distribution.version}`;
  if (process.env.CI === undefined && !areAllAsked) return `${name} is installed where CI is set`;
  const failed = await install(distribution, name).catch((cause: Error) => cause.message);
  return existsSync(program) ? undefined : `npm could not install ${name}: ${String(failed).slice(0, 300)}`;
}

export function folderOf({ harness, version }: Distribution): string {
  return join(cache, `${harness}-${version}`);
}

/** Test files run side by side: one of them installs, the others wait until the folder has its name. */
async function install(distribution: Distribution, name: string): Promise<void> {
  const folder = folderOf(distribution);
  const draft = `${folder}.draft`;
  mkdirSync(cache, { recursive: true });
  while (!begin(draft)) {
    if (existsSync(folder)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  writeFileSync(join(draft, 'package.json'), '{"private":true}\n');
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1'];
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: process.env.NPM_EXTRA_CA_CERTS };
  try {
    await promisify(execFile)('npm', ['install', name, ...options], { cwd: draft, env, timeout: 300_000 });
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Whether it is ours to install: a draft that nobody touched for long was left by a run that was killed. */
function begin(draft: string): boolean {
  try {
    mkdirSync(draft);
    return true;
  } catch {
    const touched = statSync(draft, { throwIfNoEntry: false })?.mtimeMs;
    if (touched !== undefined && Date.now() - touched > 600_000) rmSync(draft, { recursive: true, force: true });
    return false;
  }
}
