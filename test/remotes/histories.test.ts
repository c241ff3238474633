/**
 * Histories of real clones, with faults, held against the laws of `test/linearizable`: programs are killed, the remote
 * is out of reach, clocks are hours apart. The seed says what is asked and when the faults come, not how they meet.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { movesOf } from '../linearizable/from-git.ts';
import type { Answer } from '../linearizable/history.ts';
import { findings } from '../linearizable/laws.ts';
import { type Answered, startWorker, type Worker } from '../processes/worker.ts';
import { beginTeam, type Clone, environmentOf, makeClone, startOr } from './clones.ts';
import { git } from './git.ts';
import { startDisk } from './servers/disk.ts';

const isLong = (process.env.LONG_TESTS ?? '') !== '';
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const hour = 3_600_000;
const aheadMs = [0, 3 * hour, -5 * hour, 60_000];

/** mulberry32. */
function chanceOf(start: number): (below: number) => number {
  let state = start >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** One agent in one clone; killed and started again, it goes on under its name. */
class Member {
  readonly answers: Answer[] = [];
  readonly #held: string[] = [];
  #worker: Worker | undefined;

  constructor(
    private readonly clone: Clone,
    private readonly number: number,
    private readonly chance: (below: number) => number,
  ) {}

  async start(): Promise<void> {
    const { XDG_CACHE_HOME } = this.clone.env;
    const env = environmentOf({ host: `host-${this.number}`, aheadMs: aheadMs[this.number] ?? 0 });
    this.#worker = await startWorker(this.clone.dir, `agent-${this.number}`, { env: { XDG_CACHE_HOME, ...env } });
  }

  /** Rejects when it is killed meanwhile. */
  async step(): Promise<void> {
    const worker = this.#worker as Worker;
    const path = ['src/a.ts', 'src/b.ts', 'src/*.ts', 'doc/**', 'doc/c.md'][this.chance(5)] as string;
    switch (this.chance(6)) {
      case 0:
        return this.#note(await worker.ask('send', { to: ['all'], text: `from ${this.number}` }));
      case 1:
        return this.#note(await worker.ask('sync', {}));
      case 2:
      case 3: {
        const id = this.#held.shift();
        return id === undefined ? undefined : this.#note(await worker.ask('release', { references: [id] }));
      }
      default:
        return this.#note(
          await worker.ask('claim', { paths: [path], mode: this.chance(4) === 0 ? 'shared' : 'exclusive' }),
        );
    }
  }

  async kill(): Promise<void> {
    await this.#worker?.kill();
    await this.start();
  }

  async end(): Promise<void> {
    await this.#worker?.end();
  }

  sync(): Promise<Answered> {
    return (this.#worker as Worker).ask('sync', {});
  }

  #note({ name, status, value, code, message }: Answered): void {
    if (status === 'failed' && code !== 'offline') throw new Error(`${name} failed: ${message}`);
    if (status !== 'done') return;
    if (name === 'send')
      this.answers.push({ told: 'recorded', path: `messages/${value.message.id}`, uid: value.message.from });
    if (name !== 'claim') return;
    const { id, uid, state } = value.claim;
    this.#held.push(id);
    this.answers.push({ told: state, claim: id, uid });
  }
}

test(`four clones with faults, seed ${seed}`, { timeout: 1_200_000 }, async () => {
  const server = await startOr(() => {
    throw new Error('a disk is always there');
  }, startDisk);
  await beginTeam(server);
  const chance = chanceOf(seed);
  const clones = await Promise.all(aheadMs.map(() => makeClone(server)));
  const members = clones.map((clone, n) => new Member(clone, n, chanceOf(seed + n + 1)));
  await Promise.all(members.map((member) => member.start()));

  const steps = isLong ? 200 : 12;
  let isOver = false;
  const faults = async () => {
    while (!isOver) {
      await sleep(200 + chance(800));
      if (chance(2) === 0) {
        const mend = await server.cut();
        await sleep(chance(1_500));
        await mend();
      } else await (members[chance(members.length)] as Member).kill();
    }
  };
  const working = members.map(async (member) => {
    for (let n = 0; n < steps; n++) await member.step().catch(unlessKilled);
  });
  const faulty = faults();
  await Promise.all(working);
  isOver = true;
  await faulty;

  for (let round = 0; round < 2; round++) for (const member of members) await member.sync();
  await Promise.all(members.map((member) => member.end()));
  const history = { authority: await movesOf(server.bare), answers: members.flatMap(({ answers }) => answers) };
  expect(history.answers.length).toBeGreaterThan(4);
  expect(findings(history)).toEqual([]);
  for (const dir of [server.bare, ...clones.map((clone) => clone.dir)]) {
    expect(await git({}, '-C', dir, 'fsck', '--strict', '--no-dangling')).toBe('');
  }
});

function unlessKilled(thrown: Error): void {
  if (!/ended$/.test(thrown.message)) throw thrown;
}
