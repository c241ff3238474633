/** What a person gets for what cannot be: one sentence and the next command, and no trace of the program's insides. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../tooling/sources.ts';
import { run, Scratch } from './scratch.ts';

const command = `${root}dist/bin.cjs`;
let scratch: Scratch;

beforeEach(() => {
  scratch = new Scratch();
});
afterEach(() => scratch.remove());

function intercom(who: string | undefined, ...argv: string[]) {
  return run(process.execPath, [command, ...argv], scratch.repo, { ...scratch.env(who) });
}

test.each([
  ['more paths than a claim takes', Array.from({ length: 101 }, (_, n) => `p${n}`), /more than 100 entries/],
  ['a wait of more than a day', ['f', '--wait', '25h'], /--wait is longer than 1d/],
  ['a key without end', ['f', '--key', 'k'.repeat(201)], /--key has more than 200 characters/],
])('%s is wrong usage', async (_, words, said) => {
  const { stdout, stderr, code } = await intercom('ada', 'claim', ...words);
  expect([stdout, code, stderr.split('\n').filter(Boolean).length]).toEqual(['', 2, 2]);
  expect(stderr).toMatch(said);
});

test.each(['abc', '-1', '0', '1.5', ' 7'])(
  'INTERCOM_PID=%s is wrong usage; a process that has ended is none',
  async (pid) => {
    const act = (INTERCOM_PID: string) =>
      run(process.execPath, [command, 'status', 'here'], scratch.repo, { ...scratch.env('ada'), INTERCOM_PID });
    const { stdout, stderr, code } = await act(pid);
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr).toBe(
      `error: INTERCOM_PID is ${pid.trim()}, which is no process id.\nnext:  Set it to the process whose end means that the agent is gone, or unset it.\n`,
    );
    expect((await act('4194305')).code).toBe(0);
    expect(JSON.parse((await intercom('ada', 'who', '--json')).stdout).agents[0].process).toBeUndefined();
  },
);

test.each([
  ['a Latin-1 file', Uint8Array.of(0xe4, 0x0a), 'it is not UTF-8'],
  ['a binary file', Uint8Array.of(1, 0, 2), 'it is not text'],
])('%s is not published as a spec, mangled', async (_, bytes, why) => {
  writeFileSync(join(scratch.repo, 'x'), bytes);
  const { stderr, code } = await intercom('ada', 'spec', 'publish', 'api', 'x');
  expect(stderr).toContain(`x cannot be published: ${why}.`);
  expect(code).toBe(2);
});

test.each(['日本', 'Иван Петров', '...'])(
  'a person whom git calls %s claims and speaks as another does',
  async (name) => {
    scratch.git('config', 'user.name', name);
    const { json } = JSON.parse(`{"json":${(await intercom(undefined, 'claim', 'src/auth.ts', '--json')).stdout}}`);
    expect(json.claim.agent).toMatch(/^[a-z0-9-]+$/);
    expect((await intercom(undefined, 'release', 'src/auth.ts')).code).toBe(0);
  },
);

test.each([
  ['claim'],
  ['claim', 'a.ts', '--for', '0s'],
  ['claim', 'a.ts', '--wait', '25h'],
  ['release'],
  ['release', 'a.ts', '--force'],
  ['check', '--base', ''],
  ['check', '--max-age', 'soon'],
  ['log', '--kind', 'merge'],
  ['handoff'],
  ['send'],
  ['room', 'paint'],
  ['unsubscribe'],
  ['init', '--remote', 'origin', '--no-remote'],
])('outside of a repository %s %s %s is wrong usage first of all', async (...words) => {
  const ran = await run(process.execPath, [command, ...words], scratch.dir, { ...scratch.env('ada') });
  expect([ran.code, ran.stdout]).toEqual([2, '']);
  expect(ran.stderr).toMatch(/^error: .+\nnext: /);
});

test('what is typed well fails outside of a repository with code 3, and the input is left unread', async () => {
  for (const words of [['claim', 'a.ts'], ['send', 'eve', '-'], ['log'], ['-C', 'nowhere', 'who']]) {
    const ran = await run(process.execPath, [command, ...words], scratch.dir, { ...scratch.env('ada') });
    expect([words, ran.code, ran.stdout]).toEqual([words, 3, '']);
  }
});

test('a reply without a word is wrong usage', async () => {
  await intercom('eve', 'status', 'here');
  await intercom('ada', 'send', 'eve', 'hello');
  expect((await intercom('eve', 'reply', ' ')).code).toBe(2);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends a wait, which leaves the line and says so',
  async (signal) => {
    await intercom('ada', 'claim', 'src/auth.ts');
    const waiting = spawn(process.execPath, [command, 'claim', 'src/auth.ts', '--wait', '1m', '--json'], {
      cwd: scratch.repo,
      env: scratch.env('eve'),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const told = { out: '', err: '' };
    waiting.stdout.on('data', (part) => {
      told.out += part;
    });
    waiting.stderr.on('data', (part) => {
      told.err += part;
    });
    const queued = async () => (await intercom('ada', 'who', 'src/auth.ts', '--json')).stdout.includes('"agent":"eve"');
    while (!(await queued())) expect(waiting.exitCode).toBe(null);
    waiting.kill(signal);
    await once(waiting, 'close');
    expect(waiting.exitCode).toBe(4);
    expect(JSON.parse(told.out).waiting).toMatchObject({ left: true });
    expect(told.err).toMatch(/was interrupted, and the place in line is given up/);
    expect(told.err).not.toMatch(/--id|next in line/);
    expect(await queued()).toBe(false);
  },
);

test.runIf(existsSync('/dev/full'))(
  'an answer that cannot be written is said, and what was recorded stays',
  async () => {
    const full = openSync('/dev/full', 'w');
    const claiming = spawn(process.execPath, [command, 'claim', 'src/auth.ts'], {
      cwd: scratch.repo,
      env: scratch.env('ada'),
      stdio: ['ignore', full, 'pipe'],
    });
    let said = '';
    claiming.stderr?.on('data', (part) => {
      said += part;
    });
    await once(claiming, 'close');
    expect([claiming.exitCode, said.split('\n').filter(Boolean).length]).toEqual([3, 2]);
    expect((await intercom('ada', 'claims')).stdout).toContain('src/auth.ts');
  },
);

test.each([
  '- id: port\n  text: Which port?\n',
  '[{id: port, text: "Which port?"}]\n',
  '# which\n- {id: port, text: Which?}\n',
])('questions may be written as any list of YAML', async (text) => {
  await intercom('eve', 'status', 'here');
  const file = join(scratch.dir, 'questions.yaml');
  writeFileSync(file, text);
  const { code, stderr } = await intercom('ada', 'ask', 'eve', 'Please', '--interview', file, '--wait', '0s');
  expect([stderr, code]).toEqual([expect.stringContaining('pending'), 4]);
});

test('a file where our folder belongs is found by doctor, and what cannot be recorded for it says so', async () => {
  writeFileSync(join(scratch.repo, '.git', 'intercom'), 'x');
  const found = await intercom('ada', 'doctor');
  expect([found.code, found.stderr]).toEqual([1, '']);
  expect(found.stdout).toMatch(/intercom is no folder, .* nothing can be recorded here\./);
  for (const words of [['claim', 'a.ts'], ['start'], ['init', '--harness', 'none', '--yes'], ['doctor', '--fix']]) {
    const { code, stderr } = await intercom('ada', ...words);
    expect([words, code]).toEqual([words, 3]);
    expect(stderr).toMatch(/^error: .+\nnext: .+\n$/);
  }
});

test('where no more files can be opened, that is said', async () => {
  const limited = 'ulimit -n 20; exec "$@"';
  const env = scratch.env('ada');
  const { code, stderr } = await run(
    'sh',
    ['-c', limited, 'sh', process.execPath, command, 'claims'],
    scratch.repo,
    env,
  );
  expect(stderr).toBe(
    'error: git cannot be started: EMFILE.\nnext:  If too many files are open, allow more with ulimit -n, or close programs.\n',
  );
  expect(code).toBe(3);
});
