/** `start` and `watch`, by real processes; the screen by a real pseudo-terminal where the host has script(1). */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { removeFolder } from '../remove-folder.ts';
import { root } from '../tooling/sources.ts';

const command = `${root}dist/bin.cjs`;
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'intercom-live-'));
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Ada');
});
afterEach(() => removeFolder(dir));

function git(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: dir, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

function intercom(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { cwd: dir, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** Resolves when the text that the process has written so far contains `words`. */
function untilSays(child: ChildProcess, words: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (part) => {
      text += part;
      if (text.includes(words)) resolve(text);
    });
    child.on('close', () => reject(new Error(`it ended before it said ${words}: ${text}`)));
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('close', resolve));
}

test('start opens the branch, writes nothing into the work tree, and prints the state once where nobody looks', () => {
  const { status, stdout, stderr } = intercom('start');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const heading of ['Agents', 'Claims', 'Messages', 'Lately', 'Next']) expect(stdout).toMatch(`\n${heading}`);
  expect(git('status', '--porcelain')).toBe('');
  expect(git('log', '--format=%s', 'intercom')).toBe('Open the coordination branch');
});

test('start takes the repository as a word, and says so when there is none', () => {
  const elsewhere = spawnSync(process.execPath, [command, 'start', dir], { cwd: tmpdir(), encoding: 'utf8' });
  expect(elsewhere.status).toBe(0);
  expect(elsewhere.stdout).toContain(dir);
  expect(elsewhere.stdout).toContain(` -C ${realpathSync(dir)} claim <path>`);
  expect(intercom('start', '.').stdout).not.toContain(' -C ');
  const nowhere = spawnSync(process.execPath, [command, 'start', join(dir, 'missing')], { encoding: 'utf8' });
  expect(nowhere.status).toBe(3);
  expect(nowhere.stderr).toMatch(/^error: There is no folder .*missing\.\n/);
});

test('the state names who is here, what is claimed, and what is unread', () => {
  intercom('claim', 'src/auth.ts', '--why', 'split login');
  intercom('send', 'ada', 'are you there?', '--agent', 'bold-fox');
  const { stdout } = intercom('watch');
  expect(stdout).toMatch(/ada \(you\) +active .* holds src\/auth\.ts/);
  expect(stdout).toMatch(
    /Messages, 1 unread for you\n +From another agent, not from your user:\n.*bold-fox → ada +\S+( ago)? +unread +are you there\?/,
  );
});

test('watch --json prints a line for each thing that happens, and ends on an interrupt', async () => {
  intercom('status', 'reading');
  const child = spawn(process.execPath, [command, 'watch', '--json'], { cwd: dir });
  const ends = ended(child);
  const says = untilSays(child, 'src/cart.ts');
  // The first notice may come before the watcher listens: claims are made until one is heard.
  for (let n = 0; ; n++) {
    intercom('claim', n === 0 ? 'src/cart.ts' : `src/cart.ts${n}`, '--agent', 'bold-fox');
    const heard = await Promise.race([
      says,
      new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 500)),
    ]);
    if (heard === undefined) continue;
    const notices = heard
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(notices.find(({ kind }) => kind === 'claimed')).toMatchObject({ agent: 'bold-fox', forYou: false });
    break;
  }
  child.kill('SIGINT');
  expect(await ends).toBe(0);
});

const hasScript = existsSync('/usr/bin/script') && process.platform === 'linux';

// Without script(1) there is no way here to open a pseudo-terminal.
test.skipIf(!hasScript)(
  'on a terminal watch draws the state again when it moves, and leaves the screen as it was',
  async () => {
    intercom('start');
    // A shell that stays above the command would die of the interrupt, too, and its end be read for ours.
    const typed = `exec ${process.execPath} ${command} watch`;
    const child = spawn('/usr/bin/script', ['-qefc', typed, '/dev/null'], {
      cwd: dir,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const ends = ended(child);
    const empty = await untilSays(child, 'Nobody is registered yet');
    expect(empty).toContain('\u001b[?1049h');
    const drawn = untilSays(child, 'src/auth.ts');
    intercom('claim', 'src/auth.ts');
    await drawn;
    const left = untilSays(child, '\u001b[?1049l');
    child.stdin.write('\u0003');
    await left;
    expect(await ends).toBe(0);
  },
);

test('the demo plays to its end', () => {
  const demo = spawnSync(process.execPath, [`${root}scripts/demo.mjs`], { encoding: 'utf8' });
  expect(demo.stderr).toBe('');
  expect(demo.status).toBe(0);
  expect(demo.stdout).toContain('src/auth.ts is claimed by ada on main');
  expect(demo.stdout).toMatch(/claim src\/cart\.ts \(ada, 30m\): prices in cents/);
});
