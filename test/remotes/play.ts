/** A plan, played by real clones and a real remote. How what happens meets is not in it: two plays of one plan may differ. */
import { setTimeout as sleep } from 'node:timers/promises';
import { movesOf } from '../linearizable/from-git.ts';
import type { Answer, History } from '../linearizable/history.ts';
import { type Answered, startWorker, type Worker } from '../processes/worker.ts';
import { beginTeam, type Clone, environmentOf, makeClone, startOr } from './clones.ts';
import { git } from './git.ts';
import type { Act, Fault, Plan } from './plan.ts';
import { startDisk } from './servers/disk.ts';
import type { Server } from './servers/server.ts';

const hour = 3_600_000;
/** The clock of each member. */
export const aheadMs = [0, 3 * hour, -5 * hour, 60_000];

/** One agent in one clone; killed and started again, it goes on under its name. */
class Member {
  readonly answers: Answer[] = [];
  readonly #held: string[] = [];
  #worker: Worker | undefined;

  constructor(
    private readonly clone: Clone,
    private readonly number: number,
  ) {}

  async start(): Promise<void> {
    const { XDG_CACHE_HOME } = this.clone.env;
    const env = environmentOf({ host: `host-${this.number}`, aheadMs: aheadMs[this.number] ?? 0 });
    this.#worker = await startWorker(this.clone.dir, `agent-${this.number}`, { env: { XDG_CACHE_HOME, ...env } });
  }

  /** Rejects when it is killed meanwhile. */
  async act(act: Act): Promise<void> {
    const worker = this.#worker as Worker;
    switch (act.do) {
      case 'send':
        return this.#note(await worker.ask('send', { to: ['all'], text: `from ${this.number}` }));
      case 'sync':
        return this.#note(await worker.ask('sync', {}));
      case 'release': {
        const id = this.#held.shift();
        return id === undefined ? undefined : this.#note(await worker.ask('release', { references: [id] }));
      }
      case 'claim':
        return this.#note(await worker.ask('claim', { paths: [act.path], mode: act.mode }));
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

export interface Played {
  readonly history: History;
  /** What git says against the repositories. */
  readonly fsck: readonly string[];
}

export async function play({ happenings }: Plan): Promise<Played> {
  const server = await startOr(() => {
    throw new Error('a disk is always there');
  }, startDisk);
  await beginTeam(server);
  const clones = await Promise.all(aheadMs.map(() => makeClone(server)));
  const members = clones.map((clone, n) => new Member(clone, n));
  await Promise.all(members.map((member) => member.start()));

  const acts = happenings.filter((each) => 'member' in each);
  const isOver = new AbortController();
  const faulty = disturb(
    happenings.filter((each) => 'afterMs' in each),
    { members, server, isOver: isOver.signal },
  );
  const working = members.map(async (member, n) => {
    for (const act of acts) if (act.member === n) await member.act(act).catch(unlessKilled);
  });
  await Promise.all(working).finally(() => isOver.abort());
  await faulty;

  for (let round = 0; round < 2; round++) for (const member of members) await member.sync();
  await Promise.all(members.map((member) => member.end()));
  const history = { authority: await movesOf(server.bare), answers: members.flatMap(({ answers }) => answers) };
  const fsck: string[] = [];
  for (const dir of [server.bare, ...clones.map((clone) => clone.dir)])
    fsck.push(await git({}, '-C', dir, 'fsck', '--strict', '--no-dangling'));
  return { history, fsck: fsck.filter((said) => said !== '') };
}

interface Disturbed {
  readonly members: readonly Member[];
  readonly server: Server;
  /** Nobody acts any more. */
  readonly isOver: AbortSignal;
}

async function disturb(faults: readonly Fault[], { members, server, isOver }: Disturbed): Promise<void> {
  for (const fault of faults) {
    await sleep(fault.afterMs);
    if (isOver.aborted) return;
    if (fault.do === 'cut') {
      const mend = await server.cut();
      await sleep(fault.forMs);
      await mend();
    } else await members[fault.victim]?.kill();
  }
}

function unlessKilled(thrown: Error): void {
  if (!/ended$/.test(thrown.message)) throw thrown;
}
