/** Finding something among 100,000 messages, in the tip or only in the history, by a command of its own each time. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { command, runBench, type Setting } from './measure/bench.ts';
import { fill } from './measure/fast-import.ts';
import { makeRepository, removeRepository } from './measure/repository.ts';
import { type Row, rowOf, showMegabytes, showMs } from './measure/row.ts';
import { inTurns, median } from './measure/sample.ts';

/** What somebody waits for without thinking of something else. */
const secondMs = 1_000;

async function benchSearch({ isShort }: Setting): Promise<Row[]> {
  const messages = isShort ? 10_000 : 100_000;
  const rounds = isShort ? 5 : 15;
  return [
    ...(await among({ messages, room: 'ops' }, 'in the tip', rounds)),
    ...(await among({ messages, room: 'ops', isPast: true }, 'in the history alone', rounds)),
  ];
}

interface Filled {
  readonly messages: number;
  readonly room: string;
  readonly isPast?: boolean;
}

async function among({ messages, room, isPast = false }: Filled, where: string, rounds: number): Promise<Row[]> {
  const dir = makeRepository();
  const intercom = (...words: string[]) =>
    execFileSync(process.execPath, [command, '-C', dir, '--agent', 'agent-1', ...words], { encoding: 'utf8' });
  const expectIn = (words: readonly string[], part: string) => {
    if (!intercom(...words).includes(part)) throw new Error(`expected ${part} of ${words.join(' ')}`);
  };
  try {
    await fill(dir, { live: { claims: 0, messages, room }, isPast, codeObjects: 0 });
    intercom('room', 'create', room);
    const start = performance.now();
    expectIn(['search', 'part 4321'], 'Part 4321 is ready');
    const madeMs = performance.now() - start;
    const history = ['room', 'show', room, '--history', '50'];
    expectIn(history, `part ${messages - 1}`);
    const [rare = [], common = [], shown = []] = await inTurns(rounds, [
      { name: 'of one message', run: (n) => intercom('search', `part ${4321 + n}`) },
      { name: 'of all', run: () => intercom('search', 'ready', 'types') },
      { name: 'the room', run: () => intercom(...history) },
    ]);
    const fresh: number[] = [];
    for (let n = 0; n < rounds; n++) {
      intercom('send', 'agent-2', `fresh${n} words`);
      const before = performance.now();
      expectIn(['search', `fresh${n}`], `fresh${n} words`);
      fresh.push(performance.now() - before);
    }
    const row = (what: string, ms: readonly number[]) =>
      rowOf({
        what: `${messages} messages ${where}: ${what} (p50 of ${rounds}), against a second`,
        measured: median(ms),
        floor: secondMs,
        show: showMs,
        mustReach: { atMost: 1 },
      });
    return [
      row('a search that finds one', rare),
      row('a search that all match', common),
      row('the last 50 of a room', shown),
      row('a search after one more message', fresh),
      rowOf({
        what: `${messages} messages ${where}: the first search, which makes the index, against 1 ms a message`,
        measured: madeMs,
        floor: messages,
        show: showMs,
        mustReach: { atMost: 1 },
      }),
      rowOf({
        what: `${messages} messages ${where}: the index, against 300 bytes a message`,
        measured: bytesIn(join(dir, '.git/intercom/search')),
        floor: messages * 300,
        show: showMegabytes,
        mustReach: { atMost: 1 },
      }),
    ];
  } finally {
    await removeRepository(dir);
  }
}

function bytesIn(dir: string): number {
  return readdirSync(dir).reduce((sum, name) => sum + statSync(join(dir, name)).size, 0);
}

runBench(benchSearch);
