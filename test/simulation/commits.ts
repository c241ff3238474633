/** Commits without a repository: what each changed, and the records of any tip. */

import { folderOf } from '../../src/domain/record/path.ts';
import type { AnyRecord } from '../../src/domain/record/record.ts';
import type { Past } from '../../src/domain/replay/past.ts';
import { type Change, NotLoaded, View } from '../../src/domain/view.ts';

export type Tip = string;

export interface Commit {
  readonly oid: Tip;
  readonly parent: Tip | null;
  readonly depth: number;
  /** The commit that recorded it first. */
  readonly first: Tip;
  /** Undefined for the root, and for what no agent did. */
  readonly past: Omit<Past, 'edits'> | undefined;
  readonly changes: readonly Change[];
}

export const rootTip: Tip = 'root';

/** Every commit that any clone made; whether a clone has fetched it is the clone's to know. */
export class Commits {
  readonly #byOid = new Map<Tip, Commit>([
    [rootTip, { oid: rootTip, parent: null, depth: 0, first: rootTip, past: undefined, changes: [] }],
  ]);

  get(oid: Tip): Commit {
    const commit = this.#byOid.get(oid);
    if (commit === undefined) throw new Error(`no commit ${oid}`);
    return commit;
  }

  add(parent: Tip, parts: Pick<Commit, 'past' | 'changes'> & { readonly first?: Tip }): Tip {
    const oid = `c${this.#byOid.size}`;
    this.#byOid.set(oid, { ...parts, oid, parent, depth: this.get(parent).depth + 1, first: parts.first ?? oid });
    return oid;
  }

  /** The newest commit that both have. */
  base(one: Tip, other: Tip): Tip {
    let [a, b] = [this.get(one), this.get(other)];
    while (a.oid !== b.oid) {
      if (a.depth >= b.depth) a = this.get(a.parent as Tip);
      else b = this.get(b.parent as Tip);
    }
    return a.oid;
  }

  /** Those that `tip` has and `base` has not, oldest first. */
  since(base: Tip, tip: Tip): Commit[] {
    const found: Commit[] = [];
    for (let at = this.get(tip); at.oid !== base; at = this.get(at.parent as Tip)) found.push(at);
    return found.reverse();
  }
}

/** The records of one tip at a time. Going to another costs what differs. */
export class Checkout {
  readonly #folders = new Map<string, Map<string, AnyRecord>>();
  readonly #view = new View({ ignoreCase: false });
  #tip: Tip = rootTip;

  constructor(private readonly commits: Commits) {}

  /** Runs a pure question on the records of a tip until it has all that it reaches for. */
  ask<T>(tip: Tip, question: (view: View) => T): T {
    this.#moveTo(tip);
    for (;;) {
      try {
        return question(this.#view);
      } catch (thrown) {
        if (!(thrown instanceof NotLoaded)) throw thrown;
        const { wanted } = thrown;
        if ('path' in wanted) this.#view.loadRecord(wanted.path, this.#record(wanted.path));
        else this.#view.loadFolder(wanted.folder, new Map(this.#folders.get(wanted.folder)));
      }
    }
  }

  record(tip: Tip, path: string): AnyRecord | undefined {
    this.#moveTo(tip);
    return this.#record(path);
  }

  #record(path: string): AnyRecord | undefined {
    return this.#folders.get(folderOf(path))?.get(path.slice(path.lastIndexOf('/') + 1));
  }

  #moveTo(tip: Tip): void {
    if (tip === this.#tip) return;
    const base = this.commits.base(this.#tip, tip);
    for (const { changes } of this.commits.since(base, this.#tip).reverse()) {
      this.#apply(changes.map(({ path, before }) => ({ path, after: before })));
    }
    for (const { changes } of this.commits.since(base, tip)) this.#apply(changes);
    this.#tip = tip;
  }

  #apply(changes: readonly Pick<Change, 'path' | 'after'>[]): void {
    for (const { path, after } of changes) {
      const folder = folderOf(path);
      const name = path.slice(path.lastIndexOf('/') + 1);
      const records = this.#folders.get(folder) ?? new Map<string, AnyRecord>();
      this.#folders.set(folder, records);
      if (after === undefined) records.delete(name);
      else records.set(name, after);
    }
    this.#view.apply(changes);
  }
}
