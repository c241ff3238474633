/** `check`, by the real command on real repositories: each rule by the scene that it is for. */
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { at, claimRecord, Scene } from './scene.ts';

let scene: Scene;

beforeEach(() => {
  scene = new Scene();
});
afterEach(() => scene.remove());

describe('a lease', () => {
  test('that runs is no finding', () => {
    scene.claim('ada', ['src/auth.ts']);
    expect(scene.check()).toEqual({
      status: 0,
      ok: true,
      ref: 'refs/heads/intercom',
      findings: [],
      unseen: [],
      counts: { claims: 1, records: 3 },
    });
  });

  test('is over when its time is; of another machine only later than two clocks may differ, and claims --stale agrees', () => {
    const id = scene.claim('ada', ['src/auth.ts'], {}, ['--for', '30m']);
    const apart = { id: 'b2', agent: 'bob', paths: '["docs"]', host: 'elsewhere' };
    scene.writeRecords({ 'claims/b2.yaml': claimRecord({ ...apart, expires: at(30) }) });
    const stale = (minutes: number) => {
      const { stdout } = scene.intercom(['claims', '--stale', '--json'], { minutes });
      return JSON.parse(stdout).claims.map((claim: { readonly id: string }) => claim.id);
    };
    const found = (minutes: number) =>
      scene.check([], { minutes }).findings.map((each: { readonly id?: string }) => each.id);
    for (const [minutes, ids] of [
      [29, []],
      [30, [id]],
      [31, [id]],
      [32, [id, 'b2']],
    ] as const) {
      expect([minutes, found(minutes).sort(), stale(minutes).sort()]).toEqual([minutes, ids, ids]);
    }
    scene.writeRecords({ 'claims/b2.yaml': claimRecord({ ...apart, expires: at(120) }) });
    const { findings, status } = scene.check([], { minutes: 33 });
    expect(status).toBe(1);
    expect(findings).toEqual([
      {
        rule: 'lease-over',
        gravity: 'stale',
        what: 'The lease of ada on src/auth.ts ended 3m ago.',
        next: `As ada, run git intercom renew ${id} to go on; otherwise run git intercom release ${id} --force --why "…" to free it.`,
        id,
        agent: 'ada',
        paths: ['src/auth.ts'],
        record: `.intercom/claims/${id}.yaml`,
      },
    ]);
  });

  test('may be renewed again and again, and the claim be too old all the same', () => {
    scene.claim('ada', ['src/auth.ts']);
    for (const minutes of [20, 40, 60]) scene.intercom(['renew', '--agent', 'ada'], { minutes });
    expect(scene.rules([], { minutes: 61 })).toEqual([]);
    expect(scene.rules(['--max-age', '61m'], { minutes: 61 })).toEqual([]);
    const { findings } = scene.check(['--max-age', '1h'], { minutes: 61 });
    expect(findings.map(({ rule, what }) => [rule, what])).toEqual([
      ['too-old', 'ada has claimed src/auth.ts for 1h 1m, and 1h is allowed.'],
    ]);
  });
});

describe('a holder', () => {
  async function dead(): Promise<{ pid: number; claimed: (act: (env: NodeJS.ProcessEnv) => void) => Promise<void> }> {
    const child = spawn('sleep', ['60']);
    const ended = new Promise((resolve) => child.on('close', resolve));
    const pid = child.pid as number;
    return {
      pid,
      claimed: async (act) => {
        act({ INTERCOM_PID: String(pid) });
        child.kill('SIGKILL');
        await ended;
      },
    };
  }

  test('whose process runs is no finding, and is one when it has ended', async () => {
    const { pid, claimed } = await dead();
    await claimed((env) => {
      scene.claim('bold-fox', ['src/auth.ts'], { env });
      expect(scene.rules()).toEqual([]);
    });
    const { findings } = scene.check();
    expect(findings.map(({ rule, what }) => [rule, what])).toEqual([
      ['holder-gone', `bold-fox, who claims src/auth.ts, is gone: its process ${pid} has ended.`],
    ]);
  });

  test('that goes on after its process is no finding: the process is forgotten', async () => {
    const { claimed } = await dead();
    await claimed((env) => scene.claim('bold-fox', ['src/auth.ts'], { env }));
    scene.intercom(['status', 'goes on', '--agent', 'bold-fox']);
    expect(scene.rules()).toEqual([]);
    await claimed((env) => scene.intercom(['status', 'of a script that ended', '--agent', 'bold-fox'], { env }));
    expect(scene.rules()).toEqual([]);
  });

  test('that ended in a linked work tree is told with the changes it left there', async () => {
    const cwd = scene.path('linked');
    scene.git(['worktree', 'add', '--quiet', cwd, '-b', 'feature/login']);
    const { claimed } = await dead();
    await claimed((env) => scene.claim('bold-fox', ['README.md'], { cwd, env }));
    writeFileSync(join(scene.dir, 'README.md'), 'of somebody else\n');
    expect(scene.check().findings[0]?.what).not.toContain('changes');
    writeFileSync(join(cwd, 'README.md'), 'half done\n');
    const { findings } = scene.check();
    expect(findings).toHaveLength(1);
    expect(findings[0]?.what).toMatch(/has ended and left changes in \S+linked that nobody committed\.$/);
    expect(findings[0]?.next).toMatch(/^Save the changes in \S+linked first, then run git intercom release /);
  });

  test('on another machine is no finding but named as unseen', () => {
    scene.claim('ada', ['docs']);
    scene.writeRecords({ 'claims/a1.yaml': claimRecord({ id: 'a1', agent: 'far-owl', host: 'elsewhere' }) });
    expect(scene.check()).toMatchObject({
      ok: true,
      findings: [],
      unseen: ['Whether far-owl still runs cannot be seen from this machine; the lease is all there is to judge by.'],
    });
  });

  test('that said it left is gone, wherever it was, and another of its name is not', () => {
    scene.claim('ada', ['docs']);
    const agent = `v: 1\nid: u-far-owl\nkind: agent\nagent: far-owl\nat: ${at(0)}\nuid: u-far-owl\nstate: idle\nlastSeen: ${at(0)}\nleft: ${at(5)}\n`;
    scene.writeRecords({
      'agents/far-owl.yaml': agent,
      'claims/a1.yaml': claimRecord({ id: 'a1', agent: 'far-owl', host: 'elsewhere' }),
      'claims/a2.yaml': claimRecord({ id: 'a2', agent: 'far-owl', uid: 'u-next', paths: '[lib]' }),
    });
    const { findings, unseen } = scene.check(['--commits', '0'], { minutes: 10 });
    expect(findings.map(({ rule, what }) => [rule, what])).toEqual([
      ['holder-gone', 'far-owl left 5m ago and still claims src/**.'],
    ]);
    expect(unseen).toEqual([]);
  });
});

describe('records written by hand', () => {
  test('two exclusive claims that overlap are one finding, about the later', () => {
    const id = scene.claim('ada', ['src/auth.ts']);
    scene.writeRecords({
      'claims/b2.yaml': claimRecord({ id: 'b2', agent: 'bob', since: at(5) }),
      'claims/c3.yaml': claimRecord({ id: 'c3', agent: 'carl', since: at(5), paths: '["docs"]' }),
      'claims/d4.yaml': claimRecord({ id: 'd4', agent: 'dora', since: at(5), mode: 'shared' }),
    });
    const { findings, counts } = scene.check([], { minutes: 6 });
    expect(counts.claims).toBe(4);
    expect(findings).toMatchObject([
      {
        rule: 'claims-overlap',
        gravity: 'conflict',
        what: `bob (b2) and ada (${id}) both hold src/auth.ts exclusively.`,
        id: 'b2',
        agent: 'bob',
        paths: ['src/auth.ts'],
        record: '.intercom/claims/b2.yaml',
      },
    ]);
  });

  test('what a commit by hand brought is found, though nobody obeys it', () => {
    const id = scene.claim('ada', ['src/auth.ts']);
    const before = scene.git(['rev-parse', 'intercom']);
    scene.writeRecords(
      { 'claims/b2.yaml': claimRecord({ id: 'b2', agent: 'bob', since: at(5) }), 'agents/eve.yaml': '{{{' },
      'by-hand',
    );
    const { findings } = scene.check([], { minutes: 6 });
    expect(findings.map(({ rule, id }) => [rule, id])).toEqual([
      ['unreadable-record', 'eve'],
      ['commit-by-hand', scene.git(['rev-parse', 'intercom'])],
      ['claims-overlap', 'b2'],
    ]);
    const empty = scene.git(['commit-tree', scene.git(['mktree'], { input: '' }), '-p', before, '-m', 'Empty']);
    scene.git(['update-ref', 'refs/heads/intercom', empty]);
    expect(scene.check([], { minutes: 60 }).findings.map(({ rule, id }) => [rule, id])).toEqual([
      ['commit-by-hand', empty],
      ['lease-over', id],
    ]);
  });

  test('a record that cannot be read is named by its file, and a claim by what it holds', () => {
    scene.claim('ada', ['docs/a.md']);
    scene.writeRecords({
      'claims/_cd/torn.yaml': 'v: 1\nkind: claim\npaths: [src/auth.ts]\n',
      'agents/eve.yaml': '{{{',
    });
    const { findings, status, counts } = scene.check(['--fail-on', 'broken']);
    expect(status).toBe(1);
    expect(counts).toEqual({ claims: 2, records: 5 });
    expect(findings.map(({ rule, id, agent, paths, record }) => ({ rule, id, agent, paths, record }))).toEqual([
      { rule: 'unreadable-record', id: 'eve', agent: null, paths: [], record: '.intercom/agents/eve.yaml' },
      {
        rule: 'unreadable-record',
        id: 'torn',
        agent: null,
        paths: ['src/auth.ts'],
        record: '.intercom/claims/_cd/torn.yaml',
      },
    ]);
    expect(findings[1]?.what).toMatch(
      /^The record claims\/torn cannot be read \(.+\), and it goes on holding src\/auth\.ts\.$/,
    );
  });
});

describe('exit codes', () => {
  test('0 and 1 follow --fail-on', () => {
    scene.claim('ada', ['src/auth.ts']);
    const codes = (...levels: string[]) =>
      levels.map((level) => scene.check(['--fail-on', level], { minutes: 60 }).status);
    expect(codes('stale', 'conflict')).toEqual([1, 0]);
    scene.writeRecords({
      'claims/b2.yaml': claimRecord({ id: 'b2', agent: 'bob', paths: '["docs"]', expires: at(120) }),
      'claims/c3.yaml': claimRecord({ id: 'c3', agent: 'carl', paths: '["docs/a.md"]', expires: at(120) }),
    });
    expect(codes('conflict', 'broken')).toEqual([1, 0]);
    scene.writeRecords({ 'claims/d4.yaml': 'no claim' });
    expect(codes('broken', 'never')).toEqual([1, 0]);
  });

  test.each([
    ['--base=-x'],
    ['--base='],
    ['--base', 'main', '--head', ''],
    ['--head=--output=stolen'],
    ['--max-age', 'soon'],
    ['--max-age', '0s'],
    ['--fail-on', 'all'],
    ['--format', 'xml'],
    ['src/auth.ts'],
    ['--bass', 'main'],
  ])('2 for wrong usage: %s %s', (...options) => {
    const { status, stdout, stderr } = scene.intercom(['check', ...options]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .+\nnext: /);
  });

  test('3 where there is no repository, or its branch is torn or incomplete', () => {
    const code = (cwd: string) => scene.intercom(['check'], { cwd }).status;
    expect(code(scene.top)).toBe(3);
    scene.claim('ada', ['src/auth.ts']);
    const tip = scene.git(['rev-parse', 'intercom']);
    rmSync(join(scene.dir, '.git/intercom'), { recursive: true });
    rmSync(join(scene.dir, '.git/objects', tip.slice(0, 2), tip.slice(2)));
    expect(code(scene.dir)).toBe(3);
    writeFileSync(join(scene.dir, '.git/refs/heads/intercom'), '');
    expect(code(scene.dir)).toBe(3);
  });
});

test('one claim may be a finding for each cause, the gravest and then the oldest first', () => {
  scene.git(['checkout', '--quiet', '-b', 'feature/login']);
  scene.claim('ada', ['src/auth.ts']);
  scene.claim('bob', ['docs'], { minutes: 1 });
  scene.git(['checkout', '--quiet', 'main']);
  scene.git(['branch', '--quiet', '-D', 'feature/login']);
  scene.writeRecords({ 'claims/torn.yaml': 'no claim' });
  const { findings } = scene.check(['--max-age', '30m'], { minutes: 60 });
  expect(findings.map(({ rule, agent }) => [rule, agent])).toEqual([
    ['unreadable-record', null],
    ['lease-over', 'ada'],
    ['branch-deleted', 'ada'],
    ['too-old', 'ada'],
    ['lease-over', 'bob'],
    ['branch-deleted', 'bob'],
    ['too-old', 'bob'],
  ]);
});
