/**
 * A view with the edits of one transaction laid over it. Rules read and write the draft in turn; the store
 * commits what was written, or throws the draft away. A draft never touches the view below it.
 */
import type { Pattern } from './pattern/parse.ts';
import { claimPath, claimsFolder, folderOf, waitingFolder, waitingPath } from './record/path.ts';
import { touches } from './record/patterns.ts';
import type { AnyRecord, ClaimRecord, LiveRecord, UnreadableRecord, WaitingRecord } from './record/record.ts';
import type { View } from './view.ts';

export interface Edit {
  readonly path: string;
  /** Null removes the record. */
  readonly record: LiveRecord | null;
}

export class Draft {
  readonly #edits = new Map<string, LiveRecord | null>();

  constructor(readonly view: View) {}

  /** In the order in which they were first made. */
  edits(): Edit[] {
    return [...this.#edits].map(([path, record]) => ({ path, record }));
  }

  put(path: string, record: LiveRecord): void {
    this.#edits.set(path, record);
  }

  remove(path: string): void {
    this.#edits.set(path, null);
  }

  record(path: string): AnyRecord | undefined {
    const edited = this.#edits.get(path);
    return edited === undefined ? this.view.record(path) : (edited ?? undefined);
  }

  /** The records of a folder, in any order; unreadable ones are left out unless asked for by `record`. */
  *folder(folder: string): Iterable<LiveRecord> {
    for (const [name, record] of this.view.folder(folder)) {
      if (!this.#edits.has(`${folder}/${name}`) && record.kind !== 'unreadable') yield record;
    }
    for (const [path, record] of this.#edits) {
      if (record !== null && folderOf(path) === folder) yield record;
    }
  }

  /** Claims with a path that overlaps one of these, each once, by id, unreadable ones included. */
  claimsOverlapping(patterns: readonly Pattern[]): (ClaimRecord | UnreadableRecord)[] {
    return this.#overlapping(patterns, claimsFolder, claimPath, (pattern) => this.view.claimsOverlapping(pattern)) as (
      | ClaimRecord
      | UnreadableRecord
    )[];
  }

  /** Waits with a path that overlaps one of these, each once, by id. */
  waitingOverlapping(patterns: readonly Pattern[]): WaitingRecord[] {
    const found = this.#overlapping(patterns, waitingFolder, waitingPath, (pattern) =>
      this.view.waitingOverlapping(pattern),
    );
    return found.filter((record): record is WaitingRecord => record.kind === 'waiting');
  }

  #overlapping(
    patterns: readonly Pattern[],
    folder: string,
    pathOf: (id: string) => string,
    search: (pattern: Pattern) => Iterable<string>,
  ): AnyRecord[] {
    const found = new Map<string, AnyRecord>();
    for (const pattern of patterns) {
      for (const id of search(pattern)) {
        const record = this.#edits.has(pathOf(id)) ? undefined : this.view.record(pathOf(id));
        if (record !== undefined) found.set(id, record);
      }
    }
    for (const [path, record] of this.#edits) {
      if (record === null || folderOf(path) !== folder) continue;
      if ((record.kind === 'claim' || record.kind === 'waiting') && touches(record, patterns, this.view.paths)) {
        found.set(record.id, record);
      }
    }
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
  }
}
