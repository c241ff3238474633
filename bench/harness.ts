/**
 * What the guard costs a real Claude Code, step by step: from the model's word to the model's next request, in two
 * sessions side by side, one on a machine that was set up and one on a machine that was not. And how soon mail wakes it.
 */
import { existsSync } from 'node:fs';
import { claudeCode } from '../test/real/claude-code.ts';
import { programOf } from '../test/real/installed.ts';
import { Machine } from '../test/real/machine.ts';
import { type Saying, say } from '../test/real/model/saying.ts';
import type { Project } from '../test/real/project.ts';
import type { Session } from '../test/real/session.ts';
import type { Steps } from '../test/real/steps.ts';
import { whyNoTerminal } from '../test/real/terminal.ts';
import { command, openIntercom, resultOf, runBench, type Setting } from './measure/bench.ts';
import { type Row, rowOf, showMs } from './measure/row.ts';
import { median } from './measure/sample.ts';

async function benchHarness({ isShort }: Setting): Promise<Row[]> {
  const missing = existsSync(programOf(claudeCode)) ? whyNoTerminal() : 'Claude Code is not installed for tests';
  if (missing !== undefined) {
    console.error(`harness: skipped: ${missing}`);
    return [];
  }
  const rounds = isShort ? 5 : 20;
  const guarded = await Guarded.start(true);
  const plain = await Guarded.start(false);
  try {
    const edits = await timeEdits(rounds, guarded.project, plain.project);
    const wakes = await timeWakes(rounds, guarded.project);
    return [
      ...edits.map(({ what, ms: [measured, floor], atMostMore }) =>
        rowOf({
          what: `Claude Code, ${what}, with the guard against without (p50 of ${rounds})`,
          ...{ measured: median(measured), floor: median(floor), show: showMs, mustReach: { atMostMore } },
        }),
      ),
      rowOf({
        what: `send -> the next model request of an idle Claude Code (p50 of ${rounds})`,
        ...{ measured: median(wakes), floor: 0, show: showMs, mustReach: { atMostMore: 500 } },
      }),
    ];
  } finally {
    for (const { machine } of [guarded, plain]) machine.remove();
  }
}

class Guarded {
  private constructor(
    readonly machine: Machine,
    readonly project: Project,
  ) {}

  /** With the same files, whether it is set up or not. */
  static async start(isGuarded: boolean): Promise<Guarded> {
    const machine = await Machine.start({ program: command, harnesses: [claudeCode] });
    const project = await machine.project('project');
    for (const name of ['own', 'claimed']) project.put(`src/${name}.ts`, 'n = 0;\n');
    if (!isGuarded) return new Guarded(machine, project);
    await machine.run('git-intercom', ['init', '--harness', 'claude-code', '--yes'], project.dir);
    await project.intercom('bold-fox', 'claim', 'src/claimed.ts', '--for', '2h', '--why', 'split login');
    return new Guarded(machine, project);
  }
}

const kinds: readonly { what: string; atMostMore: number; step: (steps: Steps, n: number) => Saying }[] = [
  {
    what: 'an edit of an own file',
    atMostMore: 10,
    step: ({ edit }, n) => edit('src/own.ts', `n = ${n};`, `n = ${n + 1};`),
  },
  {
    what: 'an edit of a claimed file',
    atMostMore: 10,
    // Written whole: an edit of a text that the file does not have is refused before any hook.
    step: ({ write }, n) => write('src/claimed.ts', `n = ${n + 1};`),
  },
  { what: 'the first edit of a free file', atMostMore: 25, step: ({ write }, n) => write(`src/free-${n}.ts`, 'free') },
];

/** Of each kind the milliseconds with the guard and without. One session waits while the other makes its step. */
async function timeEdits(rounds: number, guarded: Project, plain: Project) {
  const stepping = [new Stepping(guarded), new Stepping(plain)] as const;
  for (const each of stepping)
    for (const path of ['src/own.ts', 'src/claimed.ts']) await each.step(({ read }) => read(path));
  // The first edit claims the file.
  for (const each of stepping) await each.step(({ edit }) => edit('src/own.ts', 'n = 0;', 'n = 0; // mine'));
  const timed = kinds.map((kind) => ({ ...kind, ms: [[], []] as [number[], number[]] }));
  for (let n = 0; n < rounds; n++) {
    for (const { step, ms } of timed) {
      const order = n % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
      for (const at of order) ms[at].push(await stepping[at].step((steps) => step(steps, n)));
    }
  }
  await Promise.all(stepping.map((each) => each.end()));
  const heard = stepping.map(({ session }) => session.heard.split('is claimed by bold-fox').length - 1);
  if (heard[0] !== rounds || heard[1] !== 0) throw new Error(`refused: ${heard.join(' and ')} of ${rounds} and none`);
  return timed;
}

/** A session that makes a step when it is told to. */
class Stepping {
  readonly session: Session;
  readonly #steps: Steps;
  readonly #ended: Promise<unknown>;
  #count = 0;
  #say: (saying: Saying) => void = () => {};

  constructor(project: Project) {
    this.session = project.session(claudeCode);
    this.#steps = this.session.steps;
    this.#await();
    this.#ended = this.session.run();
  }

  /** From the model's word to its next request. */
  async step(make: (steps: Steps) => Saying): Promise<number> {
    const asked = await this.session.request(this.#count++);
    const speak = this.#say;
    this.#await();
    speak(make(this.#steps));
    const next = await this.session.request(this.#count);
    return next.atMs - (asked.answeredAtMs ?? Number.NaN);
  }

  async end(): Promise<void> {
    await this.session.request(this.#count);
    this.#say(say('Done.'));
    await this.#ended;
  }

  #await(): void {
    const said = new Promise<Saying>((resolve) => {
      this.#say = resolve;
    });
    this.session.plays(() => said);
  }
}

/** By the library, as an agent's own server sends: from the call to the request that has the message. */
async function timeWakes(rounds: number, project: Project): Promise<number[]> {
  const session = project.session(claudeCode);
  const terminal = session.open();
  // One agent wakes another only so many times in a while.
  const senders = await Promise.all(
    Array.from({ length: Math.ceil(rounds / 5) }, (_, n) => openIntercom({ dir: project.dir, agent: `fox-${n}` })),
  );
  const ms: number[] = [];
  try {
    for (let n = 0; n < rounds; n++) {
      const intercom = senders[n % senders.length] as (typeof senders)[number];
      await session.request(n);
      await session.isIdle(n + 1);
      const start = performance.now();
      resultOf(await intercom.send({ to: ['all'], text: `Number ${n}`, importance: 'urgent' }));
      const { atMs, news } = await session.request(n + 1);
      if (!news.includes(`Number ${n}`)) throw new Error(`the request does not have the message: ${news}`);
      ms.push(atMs - start);
    }
  } finally {
    for (const intercom of senders) await intercom.close();
    await terminal.close();
  }
  return ms;
}

runBench(benchHarness);
