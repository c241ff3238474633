/** What it costs to agree with other clones over a bare repository on disk. */
import type { ChildProcess } from 'node:child_process';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { locate } from '../src/store/git/locate-head.ts';
import { openGitTransport } from '../src/store/sync/git-transport.ts';
import { openIntercom, resultOf, runBench, type Setting, startPart } from './measure/bench.ts';
import { intercom, makeTeam } from './measure/clones.ts';
import { openPushLoop } from './measure/push-loop.ts';
import { git, makeRepository, removeRepository, roomyInboxes } from './measure/repository.ts';
import { type Row, rowOf, showMs, showPerSecond } from './measure/row.ts';
import { inTurns, median, quantile } from './measure/sample.ts';

const claimers = 8;
const claimsEach = 15;
const senders = 4;
const messagesEach = 500;
/** Agents of a clone that send at once. */
const sendersEach = 10;
const branch = 'intercom';
const ref = `refs/heads/${branch}`;
const run = promisify(execFile);

async function benchSync({ isShort }: Setting): Promise<Row[]> {
  return [
    ...(await manyClaims(isShort ? 1 : 3)),
    await manyMessages(),
    ...(await oneClaim(isShort ? 10 : 40)),
    await oneLook(isShort ? 10 : 40),
    await oneNotice(isShort ? { intervalSeconds: 2, rounds: 2 } : { intervalSeconds: 15, rounds: 3 }),
  ];
}

/** A round of ours and a round of the floor's in turns. The agents of a clone claim at once, as the clones do. */
async function manyClaims(rounds: number): Promise<Row[]> {
  const { folder, clones } = makeTeam(claimers);
  const floor = openPushLoop(claimers);
  const parts = await Promise.all(clones.map((dir, n) => openPart('claimer', [dir, String(n)])));
  await Promise.all(parts.map((part) => part.ask('1')));
  await floor.run(1);
  const perSecond: number[] = [];
  const floorPerSecond: number[] = [];
  const latenciesMs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    const answers = await Promise.all(parts.map((part) => part.ask(String(claimsEach))));
    perSecond.push(((claimers * claimsEach) / (performance.now() - start)) * 1000);
    latenciesMs.push(...(answers.flat() as number[]));
    floorPerSecond.push(((claimers * claimsEach) / (await floor.run(claimsEach))) * 1000);
  }
  await Promise.all(parts.map((part) => part.close()));
  await removeRepository(folder);
  const work = `${claimers} clones, ${claimsEach} claims on different paths in each, all at once, all confirmed`;
  return [
    rowOf({
      what: `${work}: against a loop of fetch, commit, push`,
      measured: median(perSecond),
      floor: median(floorPerSecond),
      show: showPerSecond,
      mustReach: { atLeast: 4 },
    }),
    rowOf({
      what: `${work}: p95, against 2 s`,
      measured: quantile(latenciesMs, 0.95),
      floor: 2_000,
      show: showMs,
      mustReach: { atMost: 1 },
    }),
  ];
}

async function manyMessages(): Promise<Row> {
  const { folder, clones } = makeTeam(senders, roomyInboxes);
  const parts = await Promise.all(clones.map((dir, n) => openPart('sender', [dir, String(n)])));
  const start = performance.now();
  await Promise.all(parts.map((part) => part.ask(String(messagesEach))));
  // All is at the remote now: whoever was not the last to go there fetches once more.
  const there = (await Promise.all(parts.map((part) => part.ask('0')))) as number[];
  if (there.some((count) => count !== senders * messagesEach))
    throw new Error(`of ${senders * messagesEach} messages there are ${there}`);
  const perSecond = ((senders * messagesEach) / (performance.now() - start)) * 1000;
  await Promise.all(parts.map((part) => part.close()));
  await removeRepository(folder);
  return rowOf({
    what: `${senders} clones, ${messagesEach} messages from each, ${sendersEach} at a time, until all are at every clone, against 200/s`,
    measured: perSecond,
    floor: 200,
    show: showPerSecond,
    mustReach: { atLeast: 1 },
  });
}

/** The commit that is pushed is such as a claim makes, so that what is measured is what is done around the push. */
async function oneClaim(rounds: number): Promise<Row[]> {
  const { folder, clones } = makeTeam(1);
  const [dir = ''] = clones;
  const push = pushing(await claimCommits(rounds + 1));
  const pushSmall = pushing(smallCommits(rounds + 1));
  const handle = await openIntercom({ dir, agent: 'bold-fox' });
  const claim = async (n: number) => requireConfirmed(resultOf(await handle.claim({ paths: [`src/${n}.ts`] })));
  await claim(rounds);
  await push(0);
  await pushSmall(0);
  const [claimed = [], pushed = [], pushedSmall = []] = await inTurns(rounds, [
    { name: 'claim', run: claim },
    { name: 'push', run: (n) => push(n + 1) },
    { name: 'push of a small commit', run: (n) => pushSmall(n + 1) },
  ]);
  await handle.close();
  await removeRepository(folder);
  const what = `one claim, confirmed, nobody else writing (p50 of ${rounds}), against git push of one ready commit`;
  const row = (floor: number[]) => ({ measured: median(claimed), floor: median(floor), show: showMs });
  return [
    rowOf({ what: `${what} such as it makes`, ...row(pushed), mustReach: { atMost: 1.5 } }),
    {
      ...rowOf({ what: `${what} of one file in one folder`, ...row(pushedSmall), mustReach: { atMost: 1.5 } }),
      mustReach: 'for information',
      isMet: true,
    },
  ];
}

interface Ready {
  readonly dir: string;
  readonly commits: readonly string[];
}

/** Pushes the commit of this number, which adds one record to those before, to a bare repository of its own. */
function pushing({ dir, commits }: Ready): (n: number) => Promise<unknown> {
  const { bare } = makeTeam(0);
  return (n) => run('git', ['push', '--quiet', bare, `${commits[n]}:refs/heads/floor`], { cwd: dir });
}

/** What claims leave in a clone without a remote. */
async function claimCommits(count: number): Promise<Ready> {
  const dir = makeRepository();
  intercom(dir, 'starter', ['init', '--harness', 'none', '--yes']);
  const handle = await openIntercom({ dir, agent: 'bold-fox' });
  for (let n = 0; n < count; n++) resultOf(await handle.claim({ paths: [`src/${n}.ts`] }));
  await handle.close();
  return { dir, commits: git(dir, ['rev-list', '--reverse', `--max-count=${count}`, branch]).split('\n') };
}

function smallCommits(count: number): Ready {
  const dir = makeRepository();
  git(dir, ['config', 'user.name', 'Agent']);
  git(dir, ['config', 'user.email', 'agent@intercom.invalid']);
  const commits: string[] = [];
  for (let n = 0; n < count; n++) {
    const blob = git(dir, ['hash-object', '-w', '--stdin'], `id: ${n}\n${'x: 1\n'.repeat(80)}`);
    const tree = git(dir, ['mktree'], `100644 blob ${blob}\trecord.yaml\n`);
    const parent = n === 0 ? [] : ['-p', commits[n - 1] as string];
    commits.push(git(dir, ['commit-tree', '-m', `claim ${n}`, ...parent, tree]));
  }
  return { dir, commits };
}

async function oneLook(rounds: number): Promise<Row> {
  const { clones } = makeTeam(1);
  const [dir = ''] = clones;
  const repository = await locate({ cwd: dir, env: process.env });
  const transport = openGitTransport({ repository, remote: 'origin', branch, deadlineMs: 10_000 });
  const [looked = [], listed = []] = await inTurns(rounds, [
    { name: 'look', run: () => transport.look() },
    { name: 'ls-remote', run: () => run('git', ['ls-remote', 'origin', ref], { cwd: dir }) },
  ]);
  return rowOf({
    what: `a look at an unchanged remote (p50 of ${rounds}), against git ls-remote`,
    measured: median(looked),
    floor: median(listed),
    show: showMs,
    mustReach: { atMost: 1.2 },
  });
}

async function oneNotice(setting: { readonly intervalSeconds: number; readonly rounds: number }): Promise<Row> {
  const { intervalSeconds, rounds } = setting;
  const { folder, clones } = makeTeam(
    2,
    `sync:\n  interval: ${intervalSeconds}s\n  idleInterval: ${intervalSeconds}s\n`,
  );
  const [here = '', there = ''] = clones;
  const watcher = await openPart('watcher', [there]);
  const intercom = await openIntercom({ dir: here, agent: 'bold-fox' });
  const ms: number[] = [];
  for (let n = 0; n < rounds; n++) {
    const path = `src/${n}.ts`;
    const seen = watcher.ask(path);
    requireConfirmed(resultOf(await intercom.claim({ paths: [path] })));
    const start = performance.now();
    await seen;
    ms.push(performance.now() - start);
  }
  await intercom.close();
  await watcher.close();
  await removeRepository(folder);
  return rowOf({
    what: `a claim is told in another clone (the longest of ${rounds}), against the interval of ${intervalSeconds} s`,
    measured: Math.max(...ms),
    floor: intervalSeconds * 1000,
    show: showMs,
    mustReach: { atMostMore: 1_000 },
  });
}

function requireConfirmed({ claim }: { readonly claim: { readonly state: string } }): void {
  if (claim.state !== 'confirmed') throw new Error(`the claim is ${claim.state}`);
}

/** A process that answers each line with one line of JSON; ready when this resolves. */
async function openPart(name: string, args: readonly string[]) {
  const part: ChildProcess = startPart(name, args);
  const lines = createInterface({ input: part.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  const ended = once(part, 'close');
  const next = async (): Promise<unknown> => {
    const line = await lines.next();
    if (line.done) throw new Error(`a ${name} ended before its work was done`);
    return JSON.parse(line.value);
  };
  await next();
  return {
    ask: (question: string): Promise<unknown> => {
      part.stdin?.write(`${question}\n`);
      return next();
    },
    close: async () => {
      part.stdin?.end();
      await ended;
    },
  };
}

async function answerLines(answer: (line: string) => Promise<unknown>): Promise<void> {
  console.log('"ready"');
  for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(await answer(line)));
}

/** Claims as many paths at once as a line says; the milliseconds of each. */
async function claimAtOnce([dir = '', clone = '']: readonly string[]): Promise<void> {
  const intercom = await openIntercom({ dir, agent: `claimer-${clone}` });
  let count = 0;
  await answerLines((line) =>
    Promise.all(
      Array.from({ length: Number(line) }, async () => {
        const start = performance.now();
        const path = `packages/module-${clone}/src/part-${count++}.ts`;
        requireConfirmed(resultOf(await intercom.claim({ paths: [path] })));
        return performance.now() - start;
      }),
    ),
  );
  await intercom.close();
}

/** Sends as many messages as a line says, some at once, and exchanges; answers how many lie in this clone then. */
async function sendAll([dir = '', clone = '']: readonly string[]): Promise<void> {
  const intercom = await openIntercom({ dir, agent: `sender-${clone}` });
  await answerLines(async (line) => {
    const wanted = Number(line);
    let sent = 0;
    const sendOn = async () => {
      while (sent < wanted) resultOf(await intercom.send({ to: ['all'], text: `message ${sent++} of ${clone}` }));
    };
    await Promise.all(Array.from({ length: sendersEach }, sendOn));
    resultOf(await intercom.sync({}));
    return countMessages(dir);
  });
  await intercom.close();
}

function countMessages(dir: string): number {
  return git(dir, ['ls-tree', '-r', '--name-only', ref, '--', '.intercom/messages/']).split('\n').length;
}

/** Answers when it has been told of a claim on the path that a line names. */
async function watchFor([dir = '']: readonly string[]): Promise<void> {
  const intercom = await openIntercom({ dir, agent: 'calm-owl' });
  const notices = intercom.watch()[Symbol.asyncIterator]();
  await answerLines(async (path) => {
    for (;;) {
      const { value, done } = await notices.next();
      if (done) throw new Error('the watch ended');
      if (value.kind === 'claimed' && value.paths.includes(path)) return null;
    }
  });
  await notices.return?.();
  await intercom.close();
}

runBench(benchSync, { claimer: claimAtOnce, sender: sendAll, watcher: watchFor });
