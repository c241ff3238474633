/** What a guard costs a harness that starts a command for it: the `sh` gate when there is nothing to say, node when there is. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, openIntercom, resultOf, root, runBench, type Setting } from './measure/bench.ts';
import { fill } from './measure/fast-import.ts';
import { makeRepository, removeRepository } from './measure/repository.ts';
import { type Row, rowOf, showMs } from './measure/row.ts';
import { inTurns, median } from './measure/sample.ts';

/** What the launcher starts when the gate cannot answer. */
const program = join(root, 'dist/hook.cjs');
const claimed = 'src/claimed.ts';
const own = 'src/own.ts';

async function benchGuard({ isShort }: Setting): Promise<Row[]> {
  const rounds = isShort ? 60 : 200;
  const [few, many] = [await Guarded.with(10), await Guarded.with(10_000)];
  try {
    const empty = join(few.dir, 'empty.js');
    writeFileSync(empty, '');
    const [shell = 0, silent = 0, node = 0, told = 0, toldOfMany = 0, silentOfMany = 0] = (
      await inTurns(rounds, [
        { name: 'sh -c true', run: () => execFileSync('sh', ['-c', 'true']) },
        { name: 'the gate', run: () => few.gate(own) },
        { name: 'node', run: () => execFileSync(process.execPath, [empty]) },
        { name: 'the hook', run: () => few.hook(claimed) },
        { name: 'the hook among many', run: () => many.hook(claimed) },
        { name: 'the gate among many', run: () => many.gate(own) },
      ])
    ).map(median);
    const row = (what: string, measured: number, floor: number, atMost: number) =>
      rowOf({ what: `${what} (p50 of ${rounds})`, measured, floor, show: showMs, mustReach: { atMost } });
    return [
      row('the sh gate of hooks, nothing to say, against sh -c true', silent, shell, 2.5),
      row('a hook that refuses an edit, against node with an empty file', told, node, 1.25),
      row('a hook that refuses an edit among 10,000 live claims, against among 10', toldOfMany, told, 1.5),
      row('the sh gate among 10,000 live claims, against among 10', silentOfMany, silent, 1.5),
    ];
  } finally {
    for (const { dir } of [few, many]) await removeRepository(dir);
  }
}

/** A repository with that many live claims of others, one of an edit, and a session that has looked once. */
class Guarded {
  readonly #launcher: string;

  private constructor(readonly dir: string) {
    this.#launcher = join(dir, 'launcher');
  }

  static async with(claims: number): Promise<Guarded> {
    const guarded = new Guarded(makeRepository());
    await fill(guarded.dir, { live: { claims, messages: 0 }, codeObjects: 0 });
    const intercom = await openIntercom({ dir: guarded.dir, agent: 'bold-fox' });
    resultOf(await intercom.claim({ paths: [claimed], why: 'split login' }));
    await intercom.close();
    guarded.#install();
    return guarded;
  }

  #install(): void {
    const text = readFileSync(join(root, 'hooks/launcher.sh'), 'utf8');
    writeFileSync(this.#launcher, text.replace('@NODE@', process.execPath).replace('@PROGRAM@', command));
    chmodSync(this.#launcher, 0o755);
    spawnSync(process.execPath, [command, 'hook', 'codex', 'SessionStart'], { input: this.#input({}) });
    for (let n = 0; n < 2; n++) this.gate(own);
    expectIn(this.hook(claimed), 'bold-fox');
    if (this.gate(own) !== '') throw new Error('the gate has something to say');
  }

  gate(path: string): string {
    return this.#answer(this.#launcher, ['hook', 'codex', 'PreToolUse'], path);
  }

  hook(path: string): string {
    return this.#answer(process.execPath, [program, 'hook', 'codex', 'PreToolUse'], path);
  }

  #answer(program: string, words: readonly string[], path: string): string {
    const tool_input = { file_path: join(this.dir, path), old_string: 'one', new_string: 'two' };
    return execFileSync(program, words, { input: this.#input({ tool_name: 'Edit', tool_input }), encoding: 'utf8' });
  }

  #input(more: object): string {
    return `${JSON.stringify({ session_id: 'session-1', cwd: this.dir, ...more })}\n`;
  }
}

function expectIn(answer: string, part: string): void {
  if (!answer.includes(part)) throw new Error(`expected ${part} in ${answer}`);
}

runBench(benchGuard);
