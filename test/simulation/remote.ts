/** The authority's side of the simulation: one branch, links that fail, and somebody who puts it back. */
import type { Moved, Pushed, Reached, Unreached } from '../../src/store/sync/transport.ts';
import type { Move } from '../linearizable/history.ts';
import { type Commits, rootTip, type Tip } from './commits.ts';
import type { Scheduler } from './scheduler.ts';

export class RemoteBranch {
  tip: Tip | null = null;
  readonly moves: Move[] = [];

  constructor(
    private readonly commits: Commits,
    private readonly scheduler: Pick<Scheduler, 'nowMs'>,
  ) {}

  /** As git-receive-pack does: only what has all that the branch has. */
  accept(next: Tip): Pushed | Moved {
    const { tip, commits } = this;
    if (tip !== null && commits.base(tip, next) !== tip) return { status: 'moved' };
    for (const { oid, past, changes } of commits.since(tip ?? rootTip, next)) {
      const came = { uid: past?.uid ?? '', atMs: this.scheduler.nowMs };
      this.moves.push({ kind: 'commit', commit: oid, op: past?.op ?? 'epoch', changes, came });
    }
    this.tip = next;
    return { status: 'accepted', was: tip };
  }

  /** Null deletes the branch. */
  putBack(tip: Tip | null): void {
    if (this.tip === null || tip === this.tip) return;
    this.moves.push({ kind: 'rewound', commits: tip === null ? 0 : this.commits.since(rootTip, tip).length });
    this.tip = tip;
  }
}

/** Between a clone and the remote; each call takes a while, and may fail before or after it did its work. */
export interface Link {
  readonly wait: () => Promise<void>;
  readonly isCut: () => boolean;
}

export class LinkedRemote {
  constructor(
    private readonly branch: RemoteBranch,
    private readonly link: Link,
  ) {}

  async fetch(): Promise<Reached<Tip | null> | Unreached> {
    await this.link.wait();
    if (this.link.isCut()) return offline;
    const value = this.branch.tip;
    await this.link.wait();
    return this.link.isCut() ? offline : { status: 'reached', value };
  }

  async push(next: Tip): Promise<Pushed | Moved | Unreached> {
    await this.link.wait();
    if (this.link.isCut()) return offline;
    const answer = this.branch.accept(next);
    await this.link.wait();
    return this.link.isCut() ? offline : answer;
  }
}

const offline: Unreached = { status: 'offline', why: 'The link is cut.', next: 'Wait.' };
