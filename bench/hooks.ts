/** What git's hooks cost: a commit waits for them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { command, openIntercom, resultOf, runBench, type Setting } from './measure/bench.ts';
import { fill } from './measure/fast-import.ts';
import { git, makeRepository, removeRepository } from './measure/repository.ts';
import { type Row, rowOf, showMs } from './measure/row.ts';
import { inTurns, median } from './measure/sample.ts';

const stagedCount = 1000;
/** Of the fixture; the files below are nobody's, in folders where others hold some. */
const agent = 'agent-1';

async function benchHooks({ isShort }: Setting): Promise<Row[]> {
  const rounds = isShort ? 40 : 100;
  const few = await repositoryWith(10);
  const many = await repositoryWith(10_000);
  try {
    const empty = join(few, '.git', 'empty.js');
    writeFileSync(empty, '');
    const [floor = 0, withFew = 0, withMany = 0, msg = 0] = (
      await inTurns(rounds, [
        { name: 'an empty file', run: () => run(few, [empty]) },
        { name: 'few claims', run: () => run(few, [command, 'hook', 'git', 'pre-commit']) },
        { name: 'many claims', run: () => run(many, [command, 'hook', 'git', 'pre-commit']) },
        { name: 'commit-msg', run: () => run(few, [command, 'hook', 'git', 'commit-msg', '.git/MESSAGE']) },
      ])
    ).map(median);
    const what = `(p50 of ${rounds})`;
    return [
      rowOf({
        what: `pre-commit on ${stagedCount} staged files ${what}, against node with an empty file`,
        ...{ measured: withFew, floor, show: showMs, mustReach: { atMost: 3 } },
      }),
      rowOf({
        what: `the same with 10,000 live claims ${what}, against 10`,
        ...{ measured: withMany, floor: withFew, show: showMs, mustReach: { atMost: 1.5 } },
      }),
      rowOf({
        what: `commit-msg without a claim ${what}, against node with an empty file`,
        ...{ measured: msg, floor, show: showMs, mustReach: { atMost: 3 } },
      }),
    ];
  } finally {
    await removeRepository(few);
    await removeRepository(many);
  }
}

async function repositoryWith(claims: number): Promise<string> {
  const dir = makeRepository();
  await fill(dir, { live: { claims, messages: 0 }, codeObjects: 0 });
  // Import went past the store; its next commit catches up.
  const intercom = await openIntercom({ dir, agent: 'bold-fox' });
  resultOf(await intercom.claim({ paths: ['README.md'] }));
  await intercom.close();
  for (let n = 0; n < stagedCount; n++) {
    const file = join(dir, `packages/module-${n % 200}/src/file-${n}.ts`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `export const part = ${n};\n`);
  }
  git(dir, ['add', '.']);
  writeFileSync(join(dir, '.git/MESSAGE'), 'Many files\n');
  expectRefusal(dir);
  return dir;
}

/** That it looks at all: with one more file, which another holds. */
function expectRefusal(dir: string): void {
  writeFileSync(join(dir, 'README.md'), '');
  git(dir, ['add', 'README.md']);
  try {
    run(dir, [command, 'hook', 'git', 'pre-commit']);
  } catch (refused) {
    git(dir, ['rm', '--cached', '--quiet', 'README.md']);
    if ((refused as { status?: number }).status === 1) return;
    throw refused;
  }
  throw new Error('pre-commit let a claimed file pass');
}

function run(dir: string, args: readonly string[]): void {
  const env = { ...process.env, INTERCOM_AGENT: agent };
  execFileSync(process.execPath, args, { cwd: dir, env, stdio: ['ignore', 'ignore', 'pipe'] });
}

runBench(benchHooks);
