/**
 * Names that lost, along one chain of replays. An agent whose name was given to another on the authority has a new one,
 * and every later record of the chain that means this agent follows: by the uid where the record has it, else by the
 * name, which in the clone that wrote the chain never meant anybody else.
 */
import { agentPath, inboxPath, subscriptionPath } from '../record/path.ts';
import type { AnyRecord, KeyRecord } from '../record/record.ts';
import type { Change } from '../view.ts';
import type { Past } from './past.ts';

export class Renames {
  #byUid = new Map<string, string>();
  #byName = new Map<string, string>();

  get isEmpty(): boolean {
    return this.#byUid.size === 0;
  }

  add(uid: string, from: string, to: string): void {
    this.#byUid.set(uid, to);
    this.#byName.set(from, to);
  }

  ofUid(uid: string, name: string): string {
    return this.#byUid.get(uid) ?? name;
  }

  ofName(name: string): string {
    return this.#byName.get(name) ?? name;
  }

  /**
   * The agent of this uid is called `to` now: it was meant by `from`, a name of the clone, and by all that led to the name
   * which it had there before.
   */
  follow(uid: string, from: string, to: string): void {
    const before = this.#byUid.get(uid);
    for (const [name, now] of this.#byName) if (now === before) this.#byName.set(name, to);
    this.#byName.set(from, to);
    this.#byUid.set(uid, to);
  }

  /** In the clone somebody else means this name from here on. */
  release(name: string): void {
    this.#byName.delete(name);
  }

  copy(): Renames {
    const copy = new Renames();
    copy.become(this);
    return copy;
  }

  become(other: Renames): void {
    this.#byUid = new Map(other.#byUid);
    this.#byName = new Map(other.#byName);
  }
}

/** The same commit as if its agents had had their new names. */
export function renamed(past: Past, renames: Renames): Past {
  if (renames.isEmpty) return past;
  return { ...past, agent: renames.ofUid(past.uid, past.agent), edits: renamedEdits(past.edits, renames) };
}

/** What was only carried from one name to the other by these edits is none any more. */
export function renamedEdits(edits: readonly Change[], renames: Renames): Change[] {
  const byPath = new Map<string, Change>();
  for (const { path: old, before, after } of edits) {
    const path = renamedPath(old, before ?? after, renames);
    const same = byPath.get(path);
    byPath.set(path, {
      path,
      before: same?.before ?? (before && renamedRecord(before, renames)),
      after: same?.after ?? (after && renamedRecord(after, renames)),
    });
  }
  return [...byPath.values()].filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
}

export function renamedPath(path: string, record: AnyRecord | undefined, renames: Renames): string {
  const [folder, name = '', id = ''] = path.split('/');
  if (folder === 'inbox') return inboxPath(renames.ofName(name), id);
  if (record?.kind === 'agent') return agentPath(renames.ofUid(record.uid, name));
  if (record?.kind === 'subscription') return subscriptionPath(renames.ofUid(record.uid, name));
  return path;
}

export function renamedRecord(record: AnyRecord, renames: Renames): AnyRecord {
  switch (record.kind) {
    case 'unreadable':
    case 'fence':
      return record;
    case 'message':
      return { ...named(record, renames), to: record.to.map((name) => renames.ofName(name)) };
    case 'receipt': {
      const marks = (of: typeof record.delivered) => of.map((mark) => ({ ...mark, agent: renames.ofName(mark.agent) }));
      const { delivered, acknowledged, completed, expired } = record;
      return {
        ...record,
        agent: renames.ofName(record.agent),
        delivered: marks(delivered),
        acknowledged: marks(acknowledged),
        ...(completed !== undefined && { completed: marks(completed) }),
        ...(expired !== undefined && { expired: marks(expired) }),
      };
    }
    case 'room': {
      const follow = <T extends { readonly uid: string; readonly agent: string }>(each: T) => named(each, renames);
      const { members, invited } = record;
      return { ...named(record, renames), members: members.map(follow), invited: invited?.map(follow) };
    }
    case 'key':
      return { ...named(record, renames), result: renamedResult(record, renames) };
    default:
      return named(record, renames);
  }
}

function named<T extends { readonly uid: string; readonly agent: string }>(record: T, renames: Renames): T {
  return { ...record, agent: renames.ofUid(record.uid, record.agent) };
}

/** The first result is a record that names the agent, too. */
function renamedResult({ uid, agent, result }: KeyRecord, renames: Renames): KeyRecord['result'] {
  const follow = (value: unknown): unknown => {
    const isOwn = typeof value === 'object' && value !== null && 'agent' in value && value.agent === agent;
    return isOwn ? { ...value, agent: renames.ofUid(uid, agent) } : value;
  };
  return Object.fromEntries(Object.entries(result).map(([field, value]) => [field, follow(value)]));
}
