/** Tidying a backlog of messages whose time is over, while somebody writes: how long a writer waits for it. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from '../src/open.ts';
import { status } from '../src/operations/status.ts';
import { command, runBench, type Setting } from './measure/bench.ts';
import { fill } from './measure/fast-import.ts';
import { makeRepository, removeRepository } from './measure/repository.ts';
import { type Row, rowOf, showMs } from './measure/row.ts';

/** What a person or an agent does not take for a program that hangs. */
const waitMs = 1_000;
/** A night is long, and nobody waits for the whole. */
const msPerMessage = 10;

async function benchGc({ isShort }: Setting): Promise<Row[]> {
  const messages = isShort ? 10_000 : 100_000;
  const dir = makeRepository();
  try {
    await fill(dir, { live: { claims: 0, messages, areExpired: true }, codeObjects: 0 });
    const { session } = await open({ cwd: dir, env: process.env, agent: 'writer', uid: 'uid-writer' });
    const write = (activity: string) => status.run(status.input.parse({ activity }), session);
    await write('begins');
    const begun = performance.now();
    const tidying = spawn(process.execPath, [command, '-C', dir, 'gc', '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let isOver = false;
    const ended = once(tidying, 'close').then(() => {
      isOver = true;
    });
    let answer = '';
    tidying.stdout.on('data', (part) => {
      answer += part;
    });
    const waits: number[] = [];
    for (let n = 0; !isOver; n++) {
      const start = performance.now();
      await write(`step ${n}`);
      waits.push(performance.now() - start);
    }
    await ended;
    const tookMs = performance.now() - begun;
    await session.store.close();
    // So many commits of the writer may have started another one in the background, which took its part.
    const left = execFileSync('git', ['-C', dir, 'ls-tree', '-r', '--name-only', 'intercom', '--', '.intercom/inbox']);
    if (left.length > 0) throw new Error(`expected all to go: ${answer}`);
    waits.sort((a, b) => a - b);
    const at = (part: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * part))] as number;
    const among = `${messages} expired messages`;
    const row = (what: string, measured: number, floor: number) =>
      rowOf({ what: `${among}: ${what}`, measured, floor, show: showMs, mustReach: { atMost: 1 } });
    return [
      row(`the longest of ${waits.length} waits of another writer meanwhile, against a second`, at(1), waitMs),
      row('its wait, p95', at(0.95), waitMs),
      row('all of the tidying, against 10 ms a message', tookMs, messages * msPerMessage),
    ];
  } finally {
    await removeRepository(dir);
  }
}

runBench(benchGc);
