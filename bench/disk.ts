/** What 2,000 operations leave on the disk after maintenance: packs, loose objects, and the folder `intercom`. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Intercom } from '../src/index.ts';
import { command, openIntercom, resultOf, runBench, type Setting } from './measure/bench.ts';
import { makeRepository, removeRepository } from './measure/repository.ts';
import { type Row, rowOf, showMegabytes } from './measure/row.ts';

const operationsPerRound = 4;
const bytesMaxPerOperation = 1_000;

async function benchDisk({ isShort }: Setting): Promise<Row[]> {
  const operations = isShort ? 1_000 : 2_000;
  const dir = makeRepository();
  try {
    const before = bytesOnDisk(join(dir, '.git'));
    const handles = await Promise.all(['bold-fox', 'calm-owl'].map((agent) => openIntercom({ dir, agent })));
    const [fox, owl] = handles as [Intercom, Intercom];
    resultOf(await owl.status({ activity: 'reads along' }));
    for (let n = 0; n < operations / operationsPerRound; n++) await work(fox, owl, n);
    for (const handle of handles) await handle.close();
    const loose = bytesOnDisk(join(dir, '.git')) - before;
    execFileSync(process.execPath, [command, '-C', dir, '--agent', 'bold-fox', 'gc'], { stdio: 'ignore' });
    const packed = bytesOnDisk(join(dir, '.git')) - before;
    return [
      rowOf({
        what: `on disk after ${operations} operations and gc (${showMegabytes(loose)} before), against the mark`,
        measured: packed,
        floor: operations * bytesMaxPerOperation,
        show: showMegabytes,
        mustReach: { atMost: 1 },
      }),
    ];
  } finally {
    await removeRepository(dir);
  }
}

async function work(fox: Intercom, owl: Intercom, n: number): Promise<void> {
  const path = `packages/module-${n % 40}/src/part-${n}.ts`;
  resultOf(await fox.claim({ paths: [path], why: `part ${n} of the work` }));
  const sent = resultOf(await fox.send({ to: ['calm-owl'], text: `I am at part ${n}. Its tests come next.` }));
  resultOf(await owl.ack({ ids: [sent.message.id] }));
  resultOf(await fox.release({ references: [path] }));
}

/** As `du`: the blocks that the files and folders take. */
function bytesOnDisk(path: string): number {
  const stat = statSync(path);
  const own = (stat.blocks ?? Math.ceil(stat.size / 512)) * 512;
  if (!stat.isDirectory()) return own;
  return readdirSync(path).reduce((sum, name) => sum + bytesOnDisk(join(path, name)), own);
}

runBench(benchDisk);
