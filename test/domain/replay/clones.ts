/**
 * Clones that part and meet again: each is a world of its own that keeps its commits, and the authority is a world on
 * which they are replayed in the order in which they arrive.
 */
import type { Decision } from '../../../src/domain/decision.ts';
import { Draft } from '../../../src/domain/draft.ts';
import type { AnyRecord } from '../../../src/domain/record/record.ts';
import type { Past } from '../../../src/domain/replay/past.ts';
import { Renames } from '../../../src/domain/replay/renames.ts';
import { type Replayed, replay } from '../../../src/domain/replay/replay.ts';
import { instantOf } from '../../../src/domain/time.ts';
import { accepted, type Rule, World } from '../world.ts';

export class Clone extends World {
  /** What was decided here since it parted from the authority. */
  readonly commits: Past[] = [];

  override decide<T>(name: string, rule: Rule<T>): Decision<T> {
    const before = new Map(this.records);
    const decision = super.decide(name, rule);
    if (decision.ok && this.edits.length > 0) {
      const { uid, host } = this.actor(name);
      const { headline } = decision;
      this.commits.push({
        ...{ op: headline.op, subject: headline.subject, ids: headline.ids, paths: headline.paths ?? [] },
        ...{ key: headline.key, body: headline.body, agent: name, uid, at: instantOf(this.nowOf(host)) },
        edits: this.edits.map(({ path, record }) => ({
          path,
          before: before.get(path),
          after: record === null ? undefined : this.records.get(path),
        })),
      });
    }
    return decision;
  }

  /** Somebody puts a file into a commit of their own. */
  commitFile(path: string, record: AnyRecord | undefined, agent: string): void {
    const before = this.records.get(path);
    this.put(path, record);
    const { uid } = this.actor(agent);
    const edits = [{ path, before, after: record }];
    this.commits.push({ op: 'put', agent, uid, at: instantOf(this.nowMs), ids: [], subject: 'put', paths: [], edits });
  }
}

/** A clone of what `world` holds now; it numbers its ids from elsewhere, so that no two worlds draw the same. */
export function cloneOf(world: World, host = 'here'): Clone {
  const clone = new Clone();
  clone.nowMs = world.nowMs;
  clone.policy = world.policy;
  world.idsBegun += 1;
  clone.idsFrom(world.idsBegun * 100_000);
  for (const [path, record] of world.records) clone.put(path, record);
  clone.look(host);
  return clone;
}

interface Arriving {
  readonly awaited?: readonly string[];
  readonly host?: string;
}

/** Replays the commits of one clone, and answers what became of each. */
export function arrive(
  authority: World,
  commits: readonly Past[],
  { awaited = [], host = 'here' }: Arriving = {},
): Replayed[] {
  const renames = new Renames();
  return commits.map((past) => {
    let result: Replayed | undefined;
    let names = renames;
    authority.actor(past.agent, { uid: past.uid, host });
    const decision = authority.decide(
      past.agent,
      (draft, context) => {
        names = renames.copy();
        const inner = new Draft(draft.view);
        const actor = { uid: past.uid, name: past.agent, host };
        result = replay(inner, past, { ...context, actor }, names, (id) => awaited.includes(id));
        for (const { path, record } of result.edits) {
          if (record === null) draft.remove(path);
          else draft.put(path, record);
        }
        return { ok: true, result, headline: result.headline };
      },
      () => result?.agent ?? past.agent,
    );
    renames.become(names);
    const replayed = accepted(decision);
    const after = new Map(past.edits.map((edit) => [edit.path, edit.after]));
    for (const path of replayed.copies) authority.put(path, after.get(path));
    return replayed;
  });
}

/** An authority that knows these agents, and two clones of it. */
export function apart(...names: readonly string[]) {
  const authority = new World();
  authority.greet(...names);
  return { authority, here: cloneOf(authority), there: cloneOf(authority) };
}
