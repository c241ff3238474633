/** What `check-edit` and `peek` cost as processes: they are asked before each edit and between an agent's steps. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, openIntercom, resultOf, runBench, type Setting } from './measure/bench.ts';
import { fill } from './measure/fast-import.ts';
import { makeRepository, removeRepository } from './measure/repository.ts';
import { type Row, rowOf, showMs } from './measure/row.ts';
import { inTurns, median } from './measure/sample.ts';

const live = { claims: 100, messages: 500 };
/** Of the fixture: every fiftieth claim is its own, and every fiftieth message is for it. */
const agent = 'agent-1';
const ownPath = 'packages/module-1/src/part-1.ts';

async function benchCommand({ isShort }: Setting): Promise<Row[]> {
  const rounds = isShort ? 60 : 200;
  const dir = makeRepository();
  try {
    await fill(dir, { live, codeObjects: 0 });
    await makeProjection(dir);
    const empty = join(dir, 'empty.js');
    writeFileSync(empty, '');
    const intercom = (...words: string[]) => [command, '-C', dir, '--agent', agent, ...words];
    expectIn(node(intercom('check-edit', '--json', ownPath)), '"verdict":"ours"');
    expectIn(node(intercom('peek', '--json', '--no-mark')), '"unread":10,');
    const [floor = 0, ...measured] = (
      await inTurns(rounds, [
        { name: 'an empty file', run: () => node([empty]) },
        { name: 'check-edit', run: () => node(intercom('check-edit', ownPath)) },
        { name: 'peek', run: () => node(intercom('peek')) },
      ])
    ).map(median);
    return ['check-edit', 'peek'].map((name, n) =>
      rowOf({
        what: `git-intercom ${name} (p50 of ${rounds}), against node with an empty file`,
        measured: measured[n] as number,
        floor,
        show: showMs,
        mustReach: { atMost: name === 'peek' ? 2 : 1.5 },
      }),
    );
  } finally {
    await removeRepository(dir);
  }
}

/** Import went past the store; its next commit catches up. */
async function makeProjection(dir: string): Promise<void> {
  const intercom = await openIntercom({ dir, agent: 'bold-fox' });
  resultOf(await intercom.claim({ paths: ['README.md'] }));
  await intercom.close();
}

function node(args: readonly string[]): string {
  return execFileSync(process.execPath, args, { encoding: 'utf8' });
}

function expectIn(answer: string, part: string): void {
  if (!answer.includes(part)) throw new Error(`expected ${part} in ${answer}`);
}

runBench(benchCommand);
