/** Many processes write one branch while git cleans and packs around them: how much, how long, and nothing lost. */
import type { ChildProcess } from 'node:child_process';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { command, openIntercom, resultOf, runBench, type Setting, startPart } from './measure/bench.ts';
import { disturb } from './measure/disturbance.ts';
import { openPlumbingFloor } from './measure/plumbing-floor.ts';
import { git, makeRepository, removeRepository } from './measure/repository.ts';
import { type Row, rowOf, showCount, showMs, showPerSecond } from './measure/row.ts';
import { median, quantile } from './measure/sample.ts';

const writers = 16;
const ref = 'refs/heads/intercom';

interface Size {
  /** Of each writer, before anything is measured: its code is slow until node has compiled it. */
  readonly warmUps: number;
  readonly rounds: number;
  /** Of each writer in a round. */
  readonly operations: number;
  readonly floorOperations: number;
}

async function benchThroughput({ isShort }: Setting): Promise<Row[]> {
  const size = isShort
    ? { warmUps: 10, rounds: 5, operations: 5, floorOperations: 1 }
    : { warmUps: 0, rounds: 4, operations: 50, floorOperations: 50 };
  const dir = makeOpenRepository();
  const floorDir = makeOpenRepository();
  try {
    const measured = await measure(dir, floorDir, size);
    const claimed = size.rounds * size.operations * writers;
    const work = `${writers} processes, ${claimed} claims beside git gc, pack-refs, update-ref`;
    return [
      rowOf({
        what: `${work}: in all, against git's plumbing`,
        measured: measured.perSecond,
        floor: measured.floorPerSecond,
        show: showPerSecond,
        mustReach: { atLeast: 3 },
      }),
      atMost(`${work}: p99, against 1 s`, quantile(measured.latenciesMs, 0.99), 1_000),
      atMost(`${work}: the longest, against 5 s`, Math.max(...measured.latenciesMs), 5_000),
      rowOf({
        what: `${work}: at the tip, against what was answered`,
        measured: countAtTip(dir, measured.ids),
        floor: claimed,
        show: showCount,
        mustReach: { atLeast: 1 },
      }),
    ];
  } finally {
    await removeRepository(dir);
    await removeRepository(floorDir);
  }
}

function atMost(what: string, measured: number, floor: number): Row {
  return rowOf({ what, measured, floor, show: showMs, mustReach: { atMost: 1 } });
}

function makeOpenRepository(): string {
  const dir = makeRepository();
  execFileSync(process.execPath, [command, '-C', dir, '--agent', 'bold-fox', 'init', '--harness', 'none'], {
    stdio: 'ignore',
  });
  return dir;
}

/** A batch of ours and a batch of the floor's in turns, each beside its own disturbance. */
async function measure(dir: string, floorDir: string, { warmUps, rounds, operations, floorOperations }: Size) {
  const parts = Array.from({ length: writers }, (_, n) => openWriter(startPart('writer', [dir, String(n)])));
  const floor = openPlumbingFloor(floorDir, writers);
  const perSecond: number[] = [];
  const floorPerSecond: number[] = [];
  const answers: Answer[] = [];
  try {
    await Promise.all(parts.map((part) => part.next()));
    await Promise.all(parts.map((part) => part.write(warmUps)));
    for (let round = 0; round < rounds; round++) {
      const write = async () => {
        for (const batch of await Promise.all(parts.map((part) => part.write(operations)))) answers.push(...batch);
      };
      perSecond.push(await rateOf(dir, writers * operations, write));
      floorPerSecond.push(await rateOf(floorDir, writers * floorOperations, () => floor.run(floorOperations)));
    }
  } finally {
    await Promise.all(parts.map((part) => part.close()));
  }
  return {
    perSecond: median(perSecond),
    floorPerSecond: median(floorPerSecond),
    latenciesMs: answers.map(({ ms }) => ms),
    ids: answers.map(({ id }) => id),
  };
}

/** Operations a second, beside a disturbance that begins and ends with them. */
async function rateOf(dir: string, operations: number, run: () => Promise<unknown>): Promise<number> {
  const stop = disturb(dir);
  try {
    const start = performance.now();
    await run();
    return (operations / (performance.now() - start)) * 1000;
  } finally {
    await stop();
  }
}

interface Answer {
  readonly id: string;
  readonly ms: number;
}

function openWriter(part: ChildProcess) {
  const lines = (createInterface({ input: part.stdout as NodeJS.ReadableStream }) as Interface)[Symbol.asyncIterator]();
  const ended = once(part, 'close');
  const next = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done) throw new Error('a writer ended before its work was done');
    return line.value;
  };
  return {
    next,
    write: async (operations: number): Promise<Answer[]> => {
      part.stdin?.write(`${operations}\n`);
      return JSON.parse(await next());
    },
    close: async () => {
      part.stdin?.end();
      await ended;
    },
  };
}

/** Says `[]` when it is open; then claims as many paths as each line of its input says, and answers with a line. */
async function writeBatches([dir = '', writer = '']: readonly string[]): Promise<void> {
  const intercom = await openIntercom({ dir, agent: `writer-${writer}` });
  let count = 0;
  resultOf(await intercom.claims({}));
  console.log('[]');
  for await (const line of createInterface({ input: process.stdin })) {
    const answers: Answer[] = [];
    for (let n = 0; n < Number(line); n++) {
      const start = performance.now();
      const path = `packages/module-${writer}/src/part-${count++}.ts`;
      const { claim } = resultOf(await intercom.claim({ paths: [path], why: `part ${count} of the work` }));
      answers.push({ id: claim.id, ms: performance.now() - start });
    }
    console.log(JSON.stringify(answers));
  }
  await intercom.close();
}

/** By the real git. Throws when something is not sound: then no count means anything. */
function countAtTip(dir: string, ids: readonly string[]): number {
  const complaints = git(dir, ['fsck', '--strict', '--full', '--no-dangling', '--no-progress']);
  if (complaints !== '') throw new Error(`git fsck --strict: ${complaints}`);
  const files = git(dir, ['ls-tree', '-r', '--name-only', ref, '--', '.intercom/claims/']).split('\n');
  const there = new Set(files.map((file) => file.slice(file.lastIndexOf('/') + 1, -'.yaml'.length)));
  return new Set(ids.filter((id) => there.has(id))).size;
}

runBench(benchThroughput, { writer: writeBatches });
