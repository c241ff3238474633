/** What one durable claim by an open handle costs, and that it does not grow with what else is there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Intercom } from '../src/index.ts';
import { openIntercom, outputOf, resultOf, runBench, type Setting, startPart } from './measure/bench.ts';
import { type Contents, fill } from './measure/fast-import.ts';
import { openFloorWriter } from './measure/floor-writer.ts';
import { git, makeRepository, removeRepository } from './measure/repository.ts';
import { type Row, rowOf, showMegabytes, showMs } from './measure/row.ts';
import { inTurns, median, type Sample } from './measure/sample.ts';

const fewRecords = { live: { claims: 10, messages: 90 }, codeObjects: 0 };
const manyRecords = { live: { claims: 10_000, messages: 90_000 }, codeObjects: 0 };
const warmUps = 20;
const claimsForMemory = 50;
const bytesMoreMax = 40e6;

async function benchClaim({ isShort }: Setting): Promise<Row[]> {
  const rounds = isShort ? 60 : 200;
  const codeObjects = isShort ? 50_000 : 500_000;
  return [
    await besideFloor(rounds),
    await besideRecords(rounds),
    ...(await besideHistory(rounds, { ...fewRecords, codeObjects })),
  ];
}

async function besideFloor(rounds: number): Promise<Row> {
  const dir = mkdtempSync(join(tmpdir(), 'floor-'));
  const write = openFloorWriter(dir);
  const [claimed = 0, floor = 0] = await withClaimers([fewRecords], ([claimer]) =>
    medians(rounds, [claimer as Sample, { name: 'floor', run: write }]),
  );
  rmSync(dir, { recursive: true, force: true });
  return rowOf({
    what: `one durable claim (p50 of ${rounds}), against 7 files deflated, synced, renamed`,
    measured: claimed,
    floor,
    show: showMs,
    mustReach: { atMost: 2 },
  });
}

async function besideRecords(rounds: number): Promise<Row> {
  const [many = 0, few = 0] = await withClaimers([manyRecords, fewRecords], (claimers) => medians(rounds, claimers));
  const { claims, messages } = manyRecords.live;
  return rowOf({
    what: `one claim beside ${claims} live claims and ${messages} live messages, against 100 records`,
    measured: many,
    floor: few,
    show: showMs,
    mustReach: { atMost: 1.5 },
  });
}

async function besideHistory(rounds: number, large: Contents): Promise<Row[]> {
  return withClaimers([large, fewRecords], async (claimers, [largeDir = '', emptyDir = '']) => {
    const [beside = 0, alone = 0] = await medians(rounds, claimers);
    const packed = Number(/^in-pack: (\d+)$/m.exec(git(largeDir, ['count-objects', '-v']))?.[1]);
    if (packed < large.codeObjects) throw new Error(`${packed} objects are packed, not ${large.codeObjects}`);
    const rss = await memoryOf([largeDir, emptyDir]);
    return [
      rowOf({
        what: `one claim beside ${large.codeObjects} packed objects, against none`,
        measured: beside,
        floor: alone,
        show: showMs,
        mustReach: { atMost: 1.2 },
      }),
      memoryRow(rss, large),
    ];
  });
}

function memoryRow([large = 0, empty = 0]: readonly number[], { codeObjects }: Contents): Row {
  return rowOf({
    what: `memory after ${claimsForMemory} claims beside ${codeObjects} packed objects, against none`,
    measured: large,
    floor: empty,
    show: showMegabytes,
    mustReach: { atMostMore: bytesMoreMax },
  });
}

/** Median of three fresh processes each, in turns: what a collector leaves behind varies by some megabytes. */
async function memoryOf(dirs: readonly string[]): Promise<number[]> {
  const rss: number[][] = dirs.map(() => []);
  for (let n = 0; n < 3; n++) {
    for (const [k, dir] of dirs.entries()) rss[k]?.push(Number(await outputOf(startPart('memory', [dir]))));
  }
  return rss.map(median);
}

async function claimAndTellMemory([dir = '']: readonly string[]): Promise<void> {
  const intercom = await openIntercom({ dir, agent: `memory-${process.pid}` });
  for (let n = 0; n < claimsForMemory; n++) await claimOne(intercom, `memory/${process.pid}/${n}.ts`);
  console.log(process.memoryUsage.rss());
  await intercom.close();
}

/** Runs `measure` with an open handle on a repository of each contents, all in this process. */
async function withClaimers<T>(
  contents: readonly Contents[],
  measure: (claimers: Sample[], dirs: string[]) => Promise<T>,
): Promise<T> {
  const dirs: string[] = [];
  const handles: Intercom[] = [];
  try {
    const claimers: Sample[] = [];
    for (const each of contents) {
      const dir = makeRepository();
      dirs.push(dir);
      await fill(dir, each);
      const intercom = await openIntercom({ dir, agent: 'bold-fox' });
      handles.push(intercom);
      for (let n = 0; n < warmUps; n++) await claimOne(intercom, `warm-up/${n}.ts`);
      claimers.push({ name: dir, run: (n) => claimOne(intercom, `measured/${n}.ts`) });
    }
    return await measure(claimers, dirs);
  } finally {
    for (const handle of handles) await handle.close();
    for (const dir of dirs) await removeRepository(dir);
  }
}

async function claimOne(intercom: Intercom, path: string): Promise<void> {
  resultOf(await intercom.claim({ paths: [path], why: 'to see what it costs' }));
}

async function medians(rounds: number, samples: readonly Sample[]): Promise<number[]> {
  return (await inTurns(rounds, samples)).map(median);
}

runBench(benchClaim, { memory: claimAndTellMemory });
