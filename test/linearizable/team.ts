/**
 * Clones with the real engine and real repositories, in one process. They share one store of objects, as if everything
 * were fetched already, and meet at a bare repository through links that fail before or after a call did its work.
 */
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { formatId } from '../../src/domain/id.ts';
import type { Oid } from '../../src/domain/oid.ts';
import { defaultPolicy } from '../../src/domain/policy.ts';
import { claim } from '../../src/operations/claim.ts';
import { release } from '../../src/operations/release.ts';
import { renew } from '../../src/operations/renew.ts';
import { send } from '../../src/operations/send.ts';
import type { Session } from '../../src/operations/session.ts';
import { Ancestry } from '../../src/store/git/ancestry.ts';
import { Branch } from '../../src/store/git/branch.ts';
import { locateNow } from '../../src/store/git/locate.ts';
import { readRef } from '../../src/store/git/refs.ts';
import { openGitStore } from '../../src/store/git/store.ts';
import { openSync } from '../../src/store/sync/sync.ts';
import type { Transport, Unreached } from '../../src/store/sync/transport.ts';
import { coordinationRef, git, makeFolder } from '../processes/repository.ts';
import type { Random } from '../simulation/random.ts';
import { sessionOf } from '../store/session-of.ts';
import { movesBetween } from './from-git.ts';
import type { Answer, History, Move } from './history.ts';

const offline: Unreached = { status: 'offline', why: 'The link is cut.', next: 'Wait.' };

export class Team {
  readonly #answers: Answer[] = [];
  readonly #moves: Move[] = [];
  readonly #members: readonly Member[];
  readonly #authority: Branch;
  #pushing: Promise<unknown> = Promise.resolve();

  constructor(
    count: number,
    private readonly random: Random,
  ) {
    const objects = join(makeFolder(), 'objects');
    const dirs = Array.from({ length: count + 1 }, (_, n) => this.#makeClone(objects, n));
    this.#authority = this.#open(dirs[0] as string, 'authority');
    this.#members = dirs.slice(1).map((dir, n) => this.#join(this.#open(dir, `host-${n}`), `host-${n}`));
  }

  get history(): History {
    return { authority: this.#moves, answers: this.#answers };
  }

  member(n: number): Member {
    return this.#members[n % this.#members.length] as Member;
  }

  /** Every link is whole again, and everybody exchanges until all agree. Answers how many tips there are. */
  async rest(): Promise<number> {
    for (const member of this.#members) member.link.loss = 0;
    for (let round = 0; round < 2; round += 1) for (const { sync } of this.#members) await sync.exchange();
    const tips = await Promise.all([this.#authority, ...this.#members.map(({ branch }) => branch)].map(tipOf));
    return new Set(tips).size;
  }

  async close(): Promise<void> {
    await Promise.all([this.#authority, ...this.#members.map(({ branch }) => branch)].map((branch) => branch.close()));
  }

  /** Somebody puts the authority's branch back by so many commits; more than there are delete it. */
  async putBack(commits: number): Promise<void> {
    await this.#alone(async () => {
      const tip = await tipOf(this.#authority);
      if (tip === null) return;
      const dir = this.#authority.repository.commonDir;
      const line = git(dir, 'rev-list', '--first-parent', tip).split('\n');
      const to = line[commits];
      if (to === undefined) git(dir, 'update-ref', '-d', coordinationRef);
      else git(dir, 'update-ref', coordinationRef, to);
      this.#moves.push({ kind: 'rewound', commits: to === undefined ? 0 : line.length - commits });
    });
  }

  #makeClone(objects: string, n: number): string {
    const dir = makeFolder();
    git(dir, 'init', '-q', '--bare', '-b', 'main', '--template=', dir);
    git(dir, 'config', 'gc.auto', '0');
    if (n === 0) git(dir, 'clone', '-q', '--bare', '--template=', dir, join(objects, '..', 'store'));
    rmSync(join(dir, 'objects'), { recursive: true });
    symlinkSync(join(objects, '..', 'store', 'objects'), join(dir, 'objects'));
    return dir;
  }

  #open(dir: string, host: string): Branch {
    return new Branch({
      repository: locateNow({ cwd: dir, env: process.env }),
      policy: defaultPolicy,
      clock: Date.now,
      newId: (nowMs) => formatId(nowMs, this.random.bytes(7)),
      host,
    });
  }

  #join(branch: Branch, host: string): Member {
    const link = { loss: 0 };
    const sync = openSync({
      branch,
      transport: this.#transport(link),
      remote: 'origin',
      clock: Date.now,
      chance: () => this.random.next(),
      deadlineMs: 30_000,
      turnsDir: join(branch.dir, 'turns'),
    });
    const store = openGitStore(branch);
    const sessionAs = (agent: string): Session => {
      const session = sessionOf(store, agent);
      return { ...session, self: { ...session.self, host }, sync };
    };
    return new Member(branch, sync, link, sessionAs, this.#answers, () => this.#moves.length);
  }

  /** As the server sees it: one push after the other. */
  #transport(link: Link): Transport {
    const reach = async <T>(work: () => Promise<T>): Promise<T | Unreached> => {
      if (this.random.happens(link.loss)) return offline;
      const answer = await work();
      return this.random.happens(link.loss) ? offline : answer;
    };
    const read = () => reach(async () => ({ status: 'reached' as const, value: await tipOf(this.#authority) }));
    return {
      look: read,
      fetch: read,
      deepen: read,
      push: (next) => reach(() => this.#alone(() => this.#accept(next))),
    };
  }

  async #accept(next: Oid) {
    const { repository } = this.#authority;
    const was = await tipOf(this.#authority);
    if (was !== null) {
      const { kind } = await new Ancestry(this.#authority).relate(next, was);
      if (kind !== 'ahead' && kind !== 'same') return { status: 'moved' as const };
    }
    git(repository.commonDir, 'update-ref', coordinationRef, next);
    this.#moves.push(...(await movesBetween(this.#authority, was, next)));
    return { status: 'accepted' as const, was };
  }

  #alone<T>(act: () => Promise<T>): Promise<T> {
    const next = this.#pushing.then(act, act);
    this.#pushing = next.catch(() => {});
    return next;
  }
}

interface Link {
  /** How often a call, or its answer, is lost. */
  loss: number;
}

export class Member {
  constructor(
    readonly branch: Branch,
    readonly sync: NonNullable<Session['sync']>,
    readonly link: Link,
    private readonly sessionAs: (agent: string) => Session,
    private readonly answers: Answer[],
    private readonly movesNow: () => number,
  ) {}

  async claim(agent: string, path: string): Promise<void> {
    const from = this.movesNow();
    const answer = await claim.run({ paths: [path], mode: 'exclusive', dryRun: false }, this.sessionAs(agent));
    if (answer.status !== 'done') return;
    const told = answer.value.provisional === undefined ? 'confirmed' : 'provisional';
    const during = { from, to: this.movesNow() };
    this.answers.push({ told, claim: answer.value.claim.id, uid: `u-${agent}`, during });
  }

  async send(agent: string, to: string): Promise<void> {
    const input = send.input.parse({ to: [to], text: 'hello' });
    const answer = await send.run(input, this.sessionAs(agent));
    if (answer.status !== 'done') return;
    this.answers.push({ told: 'recorded', path: `messages/${answer.value.message.id}`, uid: `u-${agent}` });
  }

  async release(agent: string): Promise<void> {
    await release.run(release.input.parse({ all: true }), this.sessionAs(agent));
  }

  async renew(agent: string): Promise<void> {
    await renew.run(renew.input.parse({}), this.sessionAs(agent));
  }
}

function tipOf({ repository, ref }: Branch): Promise<Oid | null> {
  return readRef(repository, ref);
}
