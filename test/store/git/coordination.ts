/** Coordination as its users have it, the library and the command, and what the real git says of it afterwards. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { type Intercom, openIntercom } from '../../../src/index.ts';
import { root } from '../../tooling/sources.ts';
import { git, repository, tryGit } from './sandbox.ts';

export type Handle = Intercom;

const bin = `${root}dist/bin.cjs`;

/** A handle that is closed after the test. */
export async function open(
  dir: string,
  agent = 'fox',
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Intercom> {
  const intercom = await openIntercom({ dir, agent, lifetime: 'none', env: { ...process.env, ...env } });
  onTestFinished(() => intercom.close());
  return intercom;
}

/** Claims paths and expects that they are granted. */
export async function claim(intercom: Intercom, ...paths: string[]): Promise<string> {
  const answer = await intercom.claim({ paths });
  expect(answer.status).toBe('done');
  return (answer as { value: { claim: { id: string } } }).value.claim.id;
}

export interface Coordinated {
  readonly dir: string;
  /** The loose ref's file. */
  readonly ref: string;
  readonly tip: string;
}

/** A repository where fox holds `a.ts` and bee `b.ts`. */
export async function coordinated(): Promise<Coordinated> {
  const dir = repository();
  await claim(await open(dir), 'a.ts');
  await claim(await open(dir, 'bee'), 'b.ts');
  return { dir, ref: join(dir, '.git/refs/heads/intercom'), tip: git(dir, 'rev-parse', 'intercom') };
}

/** The same, with unread mail of fox to bee. */
export async function withMail(): Promise<string> {
  const { dir } = await coordinated();
  await (await open(dir)).send({ to: ['bee'], text: 'hello' });
  return dir;
}

/** The paths that anybody holds, as the library says. */
export async function held(intercom: Intercom): Promise<string[]> {
  const answer = await intercom.claims();
  if (answer.status !== 'done') throw new Error(answer.status);
  return answer.value.claims.flatMap(({ paths }) => [...paths]).sort();
}

export interface Finding {
  readonly level: string;
  readonly what: string;
  readonly next: string;
}

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The real command, as `fox` unless the environment says otherwise. */
export function command(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, INTERCOM_AGENT: 'fox', ...env },
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  return { code: status, out: stdout.trimEnd(), err: stderr.trimEnd() };
}

/** The folder is empty, and is deleted by the shell that then becomes the command. */
export function commandInDeleted(cwd: string, ...args: readonly string[]): Ran {
  const script = 'rmdir "$PWD" && exec "$0" "$@"';
  const env = { ...process.env, INTERCOM_AGENT: 'fox' };
  const ran = spawnSync('sh', ['-c', script, process.execPath, bin, ...args], { cwd, encoding: 'utf8', env });
  return { code: ran.status, out: ran.stdout.trimEnd(), err: ran.stderr.trimEnd() };
}

/** What the command finds; its exit code is that of what it finds. */
export function doctor(dir: string, ...options: '--fix'[]): { mended: string[]; findings: Finding[] } {
  const { code, out, err } = command(dir, ['doctor', '--json', ...options]);
  expect(err).toBe('');
  const answer = JSON.parse(out);
  expect(code).toBe(answer.ok ? 0 : 1);
  return answer;
}

/** Packs the branch, and takes out of the tree what is over. */
export function gc(dir: string, env: NodeJS.ProcessEnv = {}): void {
  const { code, out, err } = command(dir, ['gc', '--json'], env);
  expect(err).toBe('');
  expect(code).toBe(0);
  expect(JSON.parse(out)).not.toHaveProperty('skipped');
}

/** Of a failure: a sentence that says what, and one that says what to do, each on its line; nothing else. */
export function expectOneClearSentence(ran: Ran, said: RegExp, exitCode = 3): void {
  expect(ran.err).toMatch(/^error: [^\n]+\nnext: {2}[^\n]+$/);
  expect(ran.err).toMatch(said);
  expect(ran.code).toBe(exitCode);
}

/** Reading, writing and guarding all stop at it. */
export function expectStopped(dir: string, said: RegExp): void {
  for (const words of [['claims'], ['claim', 'c.ts'], ['check-edit', 'a.ts'], ['init']]) {
    expectOneClearSentence(command(dir, words, { INTERCOM_AGENT: 'cat' }), said);
  }
}

/** What git itself finds wrong with a repository; empty where nothing is. */
export function fsck(dir: string, env: NodeJS.ProcessEnv = {}): string {
  const { code, out, err } = tryGit(dir, ['fsck', '--strict', '--no-dangling', '--no-progress'], env);
  const said = `${out}\n${err}`.split('\n').filter((line) => line !== '' && !line.startsWith('notice:'));
  return code === 0 ? said.join('\n') : `exit ${code}\n${said.join('\n')}`;
}

/** The records below a folder of the branch, as `git show` has them. */
export function recordsByGit(dir: string, folder: string, branch = 'intercom'): Record<string, unknown>[] {
  const listing = git(dir, 'ls-tree', '-r', '-z', '--name-only', branch, `.intercom/${folder}/`);
  return listing
    .split('\0')
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => parse(git(dir, 'show', `${branch}:${path}`)));
}

/** The repository is whole, and the claims on the branch, read by the real git, are these. */
export function expectSound(dir: string, paths: readonly string[], branch = 'intercom'): void {
  expect(fsck(dir)).toBe('');
  const claims = recordsByGit(dir, 'claims', branch);
  expect(claims.flatMap((claim) => claim.paths as string[]).sort()).toEqual([...paths].sort());
  expect(subjects(dir, branch).at(-1)).toBe('Open the coordination branch');
}

/** Of the commits of the branch, newest first, as `git log` has them. */
export function subjects(dir: string, branch = 'intercom'): string[] {
  return git(dir, 'log', '--format=%s', branch).split('\n');
}
