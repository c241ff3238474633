/** One machine of the team: its clone, its clock, its link, the process that exchanges, and the agents that act there. */
import { decideClaim } from '../../src/domain/claim/claim.ts';
import { decideHandoff } from '../../src/domain/claim/handoff.ts';
import { decideRelease } from '../../src/domain/claim/release.ts';
import { decideRenew } from '../../src/domain/claim/renew.ts';
import { decideTake } from '../../src/domain/claim/take.ts';
import type { Context, Decision } from '../../src/domain/decision.ts';
import type { Draft } from '../../src/domain/draft.ts';
import { Draft as DraftOf } from '../../src/domain/draft.ts';
import { decideAcknowledge } from '../../src/domain/message/acknowledge.ts';
import { unreadOf } from '../../src/domain/message/inbox.ts';
import { decideSend } from '../../src/domain/message/send.ts';
import { agentPath, agentsFolder, claimsFolder, waitingFolder } from '../../src/domain/record/path.ts';
import { type Exchanged, exchange } from '../../src/store/sync/exchange.ts';
import type { Answer } from '../linearizable/history.ts';
import { type CloneWorld, SimulatedClone } from './clone.ts';
import { Random } from './random.ts';
import { LinkedRemote, type RemoteBranch } from './remote.ts';
import type { Scheduler } from './scheduler.ts';
import type { Happening } from './script.ts';

export interface HostWorld extends Pick<CloneWorld, 'commits' | 'checkout' | 'isBlind'> {
  readonly scheduler: Scheduler;
  readonly authority: RemoteBranch;
  readonly answers: Answer[];
}

interface Agent {
  readonly uid: string;
  readonly wanted: string;
}

type Act = Exclude<Happening, { do: 'cut' | 'crash' | 'rewind' | 'delete' }>;

/** Instants start here, whatever the clocks say. */
const beginningMs = Date.parse('2026-03-01T09:00:00.000Z');
const attemptsMax = 40;
/** A remote that did not answer is not asked again for a claim before this. */
const offlineMs = 15_000;

export class Host {
  readonly clone: SimulatedClone;
  #cutUntilMs = 0;
  /** When the remote was out of reach last. */
  #unreachedMs = Number.NEGATIVE_INFINITY;
  /** How often a request or its answer is lost. */
  #loss = 0.04;
  /** A process that was killed never goes on. */
  #life = { isOver: false };
  #isExchanging = false;
  #isDue = false;
  readonly #dead = new Set<string>();
  readonly #random: Random;

  constructor(
    number: number,
    seed: number,
    readonly skewMs: number,
    private readonly world: HostWorld,
  ) {
    this.#random = new Random(seed * 7919 + number);
    const { commits, checkout, isBlind, scheduler } = world;
    this.clone = new SimulatedClone(`host-${number}`, {
      ...{ commits, checkout, isBlind, random: this.#random },
      clock: () => beginningMs + scheduler.nowMs + skewMs,
      step: () => this.#sleep(this.#random.below(300)),
      isDead: (uid) => this.#dead.has(uid),
    });
  }

  cut(seconds: number): void {
    this.#cutUntilMs = Math.max(this.#cutUntilMs, this.world.scheduler.nowMs + seconds * 1000);
  }

  mend(): void {
    this.#loss = 0;
    this.#cutUntilMs = 0;
  }

  /** The processes of this machine end, and new ones begin. What was not answered is not. */
  crash(): void {
    this.#life.isOver = true;
    this.#life = { isOver: false };
    this.#isExchanging = false;
    this.#isDue = false;
    this.clone.awaited.clear();
  }

  act(act: Act, agent: Agent, other: Agent): void {
    if (act.do === 'die') this.#dead.add(agent.uid);
    if (this.#dead.has(agent.uid)) return;
    switch (act.do) {
      case 'claim':
        void this.#claim(agent, act);
        return;
      case 'take':
        this.#take(agent);
        return;
      case 'renew':
        this.#do(agent, (draft, context) => decideRenew(draft, { references: [] }, context));
        return;
      case 'release':
        this.#do(agent, (draft, context) => decideRelease(draft, { references: [], all: true }, context));
        return;
      case 'handoff': {
        const to = this.#nameOf(other);
        this.#do(agent, (draft, context) => decideHandoff(draft, { to, references: [] }, context));
        return;
      }
      case 'ack':
        this.#ack(agent);
        return;
      case 'send':
        this.#send(agent, other);
        return;
    }
  }

  /** Until this clone and the authority agree, or the link is cut. */
  exchange(pushFirst: boolean): Promise<Exchanged> {
    return this.#underLock(() => this.#exchange(pushFirst));
  }

  /** As the claim of an operation does: recorded here, and answered when the authority has decided. */
  async #claim(agent: Agent, act: Act & { do: 'claim' }): Promise<void> {
    const from = this.world.authority.moves.length;
    for (;;) {
      const intent = {
        paths: [act.path],
        mode: act.isShared ? ('shared' as const) : ('exclusive' as const),
        leaseSeconds: act.seconds,
        waitSeconds: act.waits ? 600 : undefined,
      };
      const decision = this.#decide(agent, (draft, context) => decideClaim(draft, intent, context));
      if (!decision.ok || 'waiting' in decision.result) {
        this.#later();
        return;
      }
      const { id } = decision.result.claim;
      // Of one that it had already it was told before, and gets a letter when it loses it.
      if (decision.headline.op === 'claim') this.clone.awaited.add(id);
      const end = await this.#confirm(id);
      const told = end === 'gone' ? 'refused' : end;
      const { length: to } = this.world.authority.moves;
      this.world.answers.push({ told, claim: id, uid: agent.uid, during: { from, to } });
      if (end !== 'gone') return;
    }
  }

  async #confirm(id: string): Promise<'confirmed' | 'gone' | 'provisional'> {
    const { clone } = this;
    try {
      await this.#sleep(this.#random.below(200));
      const first = clone.standingOf(id);
      if (first !== 'unpushed') return first;
      if (this.world.scheduler.nowMs - this.#unreachedMs < offlineMs) return await this.#unlessGone(id);
      return await this.#underLock(async () => {
        for (;;) {
          const standing = clone.standingOf(id);
          if (standing !== 'unpushed') return standing;
          const { unreached } = await this.#exchange(true);
          if (unreached !== undefined) return this.#unlessGone(id);
        }
      });
    } finally {
      clone.awaited.delete(id);
    }
  }

  /** The clone may have learnt that another has it before the link failed; from here on it would write a letter. */
  async #unlessGone(id: string): Promise<'gone' | 'provisional'> {
    this.clone.awaited.delete(id);
    await this.#sleep(this.#random.below(200));
    return this.clone.standingOf(id) === 'gone' ? 'gone' : 'provisional';
  }

  #take(agent: Agent): void {
    const uid = agent.uid;
    const places = this.clone.read((view) => {
      const draft = new DraftOf(view);
      return [...draft.folder(waitingFolder), ...draft.folder(claimsFolder)].filter(
        (record) => record.kind === 'waiting' || (record.kind === 'claim' && record.offeredUntil !== undefined),
      );
    });
    const place = places.find((record) => 'uid' in record && record.uid === uid);
    if (place === undefined) return;
    this.#do(agent, (draft, context) => decideTake(draft, { id: place.id, waitSeconds: 60 }, context));
  }

  #ack(agent: Agent): void {
    const unread = this.clone.read((view) => unreadOf(new DraftOf(view), this.#nameOf(agent)));
    const decision = this.#do(agent, (draft, context) => decideAcknowledge(draft, { references: 'all' }, context));
    if (!decision.ok) return;
    for (const { id, purpose } of unread) {
      if (purpose === 'message') this.#recorded(agent, `receipts/${id}`);
    }
  }

  #send(agent: Agent, other: Agent): void {
    const to = [this.#nameOf(other)];
    const decision = this.#do(agent, (draft, context) => decideSend(draft, { to, text: 'hello' }, context));
    if (decision.ok) this.#recorded(agent, `messages/${decision.result.message.id}`);
  }

  #recorded({ uid }: Agent, path: string): void {
    this.world.answers.push({ told: 'recorded', path, uid });
  }

  #do<T>(agent: Agent, rule: (draft: Draft, context: Context) => Decision<T>): Decision<T> {
    const decision = this.#decide(agent, rule);
    this.#later();
    return decision;
  }

  #decide<T>(agent: Agent, rule: (draft: Draft, context: Context) => Decision<T>): Decision<T> {
    return this.clone.transact({ uid: agent.uid, name: this.#nameOf(agent) }, rule);
  }

  /** The name that this uid has, by whatever the branch says here; where another has the wanted one, a name of its own. */
  #nameOf({ uid, wanted }: Agent): string {
    return this.clone.read((view) => {
      const record = view.record(agentPath(wanted));
      if (record === undefined || (record.kind === 'agent' && record.uid === uid)) return wanted;
      for (const other of new DraftOf(view).folder(agentsFolder)) {
        if (other.kind === 'agent' && other.uid === uid) return other.agent;
      }
      return uid;
    });
  }

  /** What needs no answer goes with the next exchange, a little later. */
  #later(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    const life = this.#life;
    void this.#sleep(500 + this.#random.below(2000)).then(async () => {
      if (life.isOver) return;
      this.#isDue = false;
      await this.exchange(true);
    });
  }

  async #exchange(pushFirst: boolean): Promise<Exchanged> {
    const random = this.#random;
    const link = {
      wait: () => this.#sleep(10 + random.below(150)),
      isCut: () => this.#isCut() || random.happens(this.#loss),
    };
    const pause = (attempt: number) => this.#sleep(random.next() * Math.min(15 * 2 ** attempt, 400));
    const remote = new LinkedRemote(this.world.authority, link);
    const exchanged = await exchange(this.clone, remote, { pushFirst, attemptsMax, pause });
    this.#unreachedMs = exchanged.unreached === undefined ? Number.NEGATIVE_INFINITY : this.world.scheduler.nowMs;
    return exchanged;
  }

  /** One exchange at a time in a clone. */
  async #underLock<T>(act: () => Promise<T>): Promise<T> {
    while (this.#isExchanging) await this.#sleep(20 + this.#random.below(30));
    this.#isExchanging = true;
    try {
      return await act();
    } finally {
      this.#isExchanging = false;
    }
  }

  #isCut(): boolean {
    return this.world.scheduler.nowMs < this.#cutUntilMs;
  }

  async #sleep(ms: number): Promise<void> {
    const life = this.#life;
    await this.world.scheduler.sleep(ms);
    if (life.isOver) await new Promise(() => {});
  }
}
