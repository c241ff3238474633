/**
 * Many processes at once on one branch, through several work trees, while git itself cleans and packs: every
 * acknowledged write is there, and no two hold the same.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { asAgent, askDoctor, soundness } from './aftermath.ts';
import { troublesInHistory } from './history.ts';
import { commitsOf, coordinationRef, fsck, git, makeFolder, makeRepository } from './repository.ts';
import { type Answered, startWorker, type Worker } from './worker.ts';

const workersMax = 8;
const opsPerWorker = 25;

/** Runs git's own upkeep over and over until it is told to stop. Its failures are its own: a ref that is locked, say. */
function disturb(dir: string): { stop: () => Promise<void> } {
  const loop = `
    n=0
    while :; do
      git gc --quiet --prune=now
      git pack-refs --all
      git update-ref refs/heads/other "$(git commit-tree -m "$n" "$(git mktree </dev/null)")"
      git repack -adq
      git prune --expire=now
      n=$((n + 1))
      sleep 0.1
    done`;
  const settings = { cwd: dir, detached: true, stdio: 'ignore' } as const;
  const env = { ...process.env, GIT_AUTHOR_NAME: 'T', GIT_AUTHOR_EMAIL: 't@t', GIT_COMMITTER_NAME: 'T' };
  const child = spawn('sh', ['-c', loop], { ...settings, env: { ...env, GIT_COMMITTER_EMAIL: 't@t' } });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'close');
    process.kill(-(child.pid as number), 'SIGTERM');
    await ended;
  };
  onTestFinished(stop);
  return { stop };
}

/** Every fifth word is for a path that all want. */
function nextQuestion(n: number, self: number, worker: Worker): [string, object] {
  const next = `agent-${(self + 1) % workersMax}`;
  const own = worker.answers.findLast(({ name, status }) => name === 'claim' && status === 'done');
  switch (n % 5) {
    case 0:
      return ['claim', { paths: [`shared/${n}.ts`] }];
    case 1:
      return ['claim', { paths: [`src/${self}/${n}/**`] }];
    case 2:
      return ['send', { to: n < 5 ? ['all'] : [next], text: `${n} from ${self}` }];
    case 3:
      return ['release', { references: [own?.value.claim.id ?? 'none'] }];
    default:
      return ['ack', { all: true }];
  }
}

function idsOf({ name, status, value }: Answered): string[] {
  if (status !== 'done') return [];
  if (name === 'claim') return [`claim ${value.claim.id}`];
  if (name === 'send') return [`send ${value.message.id}`];
  if (name === 'release') return value.claims.map(({ id }: { id: string }) => `release ${id}`);
  return [];
}

/** What the commits say that they did. Our own reader finds also what a cleaner took away a moment ago. */
async function recordedIn(dir: string): Promise<Set<string>> {
  const answer = await asAgent(dir, 'agent-0', (agent) => agent.log({ limit: 10_000 }));
  const entries = answer.status === 'done' ? answer.value.entries : [];
  return new Set(entries.map(({ op, id }) => `${op} ${id}`));
}

test('eight processes in four work trees, beside gc, repack, pack-refs and prune', { timeout: 300_000 }, async () => {
  const dir = makeRepository();
  const trees = [dir, ...['one', 'two', 'three'].map((name) => join(makeFolder(), name))];
  for (const tree of trees.slice(1)) git(dir, 'worktree', 'add', '-q', '--detach', tree);
  const workers = await Promise.all(
    Array.from({ length: workersMax }, (_, n) => startWorker(trees[n % trees.length] as string, `agent-${n}`)),
  );
  for (const [n, worker] of workers.entries()) await worker.ask('status', { activity: `worker ${n}` });

  const upkeep = disturb(dir);
  let doneByTheSlowest = 0;
  await Promise.all(
    workers.map(async (worker, self) => {
      for (let n = 0; n < opsPerWorker; n++) await worker.ask(...nextQuestion(n, self, worker));
      doneByTheSlowest ||= Math.min(...workers.map(({ answers }) => answers.length - 1));
    }),
  );
  await upkeep.stop();
  await Promise.all(workers.map((worker) => worker.end()));

  const answers = workers.flatMap((worker) => [...worker.answers]);
  expect(answers.filter(({ status }) => status === 'failed')).toEqual([]);
  const recorded = await recordedIn(dir);
  expect(answers.flatMap(idsOf).filter((what) => !recorded.has(what))).toEqual([]);
  const wins = answers.filter(
    ({ name, status, value }) => name === 'claim' && status === 'done' && value.claim.paths[0].startsWith('shared/'),
  );
  expect(wins.map(({ value }) => value.claim.paths[0]).sort()).toEqual([0, 10, 15, 20, 5].map((n) => `shared/${n}.ts`));
  await askDoctor(dir, { fix: true });
  expect(await soundness(dir, [])).toEqual([]);
  expect(await troublesInHistory(dir)).toEqual([]);
  // Nobody starves: when the first has done its 25, the last has done a good part of its own.
  expect(doneByTheSlowest).toBeGreaterThan(opsPerWorker / 3);
});

test('two agents want the same file fifty times: one gets it each time', { timeout: 300_000 }, async () => {
  const dir = makeRepository();
  const [ada, grace] = await Promise.all([startWorker(dir, 'ada'), startWorker(dir, 'grace')]);
  const outcomes: string[] = [];
  for (let n = 0; n < 50; n++) {
    const input = { paths: [`src/${n}.ts`] };
    const both = await Promise.all([ada.ask('claim', input), grace.ask('claim', input)]);
    outcomes.push(
      both
        .map(({ status, refusal }) => refusal?.code ?? status)
        .sort()
        .join(' '),
    );
  }
  expect(new Set(outcomes)).toEqual(new Set(['claim-conflict done']));
  await Promise.all([ada.end(), grace.end()]);
  expect(await troublesInHistory(dir)).toEqual([]);
  expect(commitsOf(dir).filter(({ op }) => op === 'claim')).toHaveLength(50);
});

test('those who wait are granted in the order in which they came, beside pack-refs', { timeout: 300_000 }, async () => {
  const dir = makeRepository();
  await asAgent(dir, 'holder', (holder) => holder.claim({ paths: ['src/**'] }));
  const names = ['first', 'second', 'third', 'fourth', 'fifth'];
  const granted: string[] = [];
  const waits: Promise<void>[] = [];
  for (const [n, name] of names.entries()) {
    const worker = await startWorker(dir, name);
    const wait = async () => {
      const { status } = await worker.ask('claim', {
        paths: [`src/${n % 2 === 0 ? 'a.ts' : '*.ts'}`],
        waitSeconds: 40,
      });
      granted.push(status === 'done' ? name : `${name} ${status}`);
      await worker.ask('release', { all: true });
      await worker.end();
    };
    waits.push(wait());
    await untilWaiting(dir, n + 1);
  }
  git(dir, 'pack-refs', '--all');
  const startedMs = performance.now();
  await asAgent(dir, 'holder', (holder) => holder.release({ all: true }));
  await Promise.all(waits);
  expect(granted).toEqual(names);
  expect(performance.now() - startedMs).toBeLessThan(10_000);
  expect(await troublesInHistory(dir)).toEqual([]);
});

async function untilWaiting(dir: string, count: number): Promise<void> {
  for (;;) {
    const files = git(dir, 'ls-tree', '-r', '--name-only', coordinationRef).split('\n');
    if (files.filter((file) => file.startsWith('.intercom/waiting/')).length >= count) return;
    await sleep(10);
  }
}

describe('a clone that borrows the objects of another', () => {
  test('goes on where the other was, and neither loses anything to the other', async () => {
    const origin = makeRepository();
    mkdirSync(join(origin, '.intercom'));
    writeFileSync(join(origin, '.intercom/config.yaml'), 'remote: null\n');
    git(origin, 'add', '.intercom');
    git(origin, 'commit', '-q', '-m', 'each clone for itself');
    await asAgent(origin, 'ada', (ada) => ada.claim({ paths: ['src/a.ts'] }));
    const clone = join(makeFolder(), 'clone');
    git(origin, 'clone', '-q', '--shared', origin, clone);
    const before = commitsOf(origin).map(({ oid }) => oid);

    const [here, there] = await Promise.all([startWorker(origin, 'ada'), startWorker(clone, 'grace')]);
    for (let n = 0; n < 5; n++) {
      const both = await Promise.all([
        here.ask('claim', { paths: [`here/${n}.ts`] }),
        there.ask('claim', { paths: [`there/${n}.ts`] }),
      ]);
      expect(both.map(({ status }) => status)).toEqual(['done', 'done']);
      for (const dir of [origin, clone]) git(dir, 'gc', '--quiet', '--prune=now');
    }
    await Promise.all([here.end(), there.end()]);

    for (const dir of [origin, clone]) {
      expect(fsck(dir)).toEqual([]);
      expect(commitsOf(dir).map(({ oid }) => oid)).toEqual(expect.arrayContaining(before));
      expect(await troublesInHistory(dir)).toEqual([]);
      expect(await soundness(dir, [])).toEqual([]);
    }
    const refused = await asAgent(clone, 'joan', (joan) => joan.claim({ paths: ['src/a.ts'] }));
    expect(refused).toMatchObject({ status: 'refused', refusal: { code: 'claim-conflict' } });
  });
});
