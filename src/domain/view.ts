/**
 * What the tip holds, as far as somebody asked: folders are loaded when a decision first looks into them.
 *
 * A decision reads a view synchronously. When it reaches for what is not loaded, the view throws NotLoaded; the
 * store loads it and runs the decision again, which is safe because a decision is pure. So nobody declares in advance
 * what he will read, and nothing is read that nobody needs.
 */

import type { Pattern } from './pattern/parse.ts';
import { PatternIndex } from './pattern/trie.ts';
import { claimsFolder, folderOf, waitingFolder } from './record/path.ts';
import { type Claimed, patternsOf } from './record/patterns.ts';
import type { AnyRecord, ClaimRecord } from './record/record.ts';
import type { Instant } from './time.ts';

/** Thrown by a view, caught by the store alone. */
export class NotLoaded {
  constructor(readonly wanted: WantedFolder | WantedRecord) {}
}

/** To be loaded whole. Where only the names are wanted, the records need not be read, and may be. */
interface WantedFolder {
  readonly folder: string;
  readonly isForNames?: true;
  /** Folders that will be asked for next: a decision that needs hundreds should not be run once for each. */
  readonly more?: readonly string[];
}

interface WantedRecord {
  readonly path: string;
  readonly more?: readonly string[];
}

/** One record that came, changed or went between two tips. */
export interface Change {
  readonly path: string;
  readonly before: AnyRecord | undefined;
  readonly after: AnyRecord | undefined;
}

export class View {
  readonly #folders = new Map<string, Map<string, AnyRecord>>();
  readonly #records = new Map<string, AnyRecord | null>();
  readonly #names = new Map<string, Set<string>>();
  readonly #claims = new PatternIndex<string>();
  readonly #waiting = new PatternIndex<string>();
  readonly #offered = new Set<string>();
  /** No claim's lease or offer ends before this instant; recomputed when the claim that set it went. */
  #soonestExpiry: string | undefined;

  /** Ids of claims that the authority has not confirmed yet; none where there is no remote. */
  provisional: ReadonlySet<string> = new Set();
  /**
   * Of claims whose expiry is another there, the one that the authority knew when this clone heard of it last. Undefined where
   * there is no authority.
   */
  confirmed: ReadonlyMap<string, Instant> | undefined;

  constructor(readonly paths: { readonly ignoreCase: boolean }) {}

  record(path: string): AnyRecord | undefined {
    const folder = this.#folders.get(folderOf(path));
    if (folder !== undefined) return folder.get(nameOf(path));
    const known = this.#records.get(path);
    if (known === undefined) throw new NotLoaded({ path });
    return known ?? undefined;
  }

  folder(folder: string): ReadonlyMap<string, AnyRecord> {
    const loaded = this.#folders.get(folder);
    if (loaded === undefined) throw new NotLoaded({ folder });
    return loaded;
  }

  /** Makes sure of many records before they are asked for one by one. */
  expectRecords(paths: readonly string[]): void {
    const isKnown = (path: string) => this.#folders.has(folderOf(path)) || this.#records.has(path);
    const [path, ...more] = paths.filter((each) => !isKnown(each));
    if (path !== undefined) throw new NotLoaded({ path, more });
  }

  /** The names of the records in each folder, unreadable ones included, without reading any. */
  names(...folders: readonly string[]): string[] {
    const known = folders.map((folder) => this.#folders.get(folder) ?? this.#names.get(folder));
    const [folder, ...more] = folders.filter((_folder, n) => known[n] === undefined);
    if (folder !== undefined) throw new NotLoaded({ folder, isForNames: true, more });
    return known.flatMap((names) => [...(names as ReadonlySet<string> | ReadonlyMap<string, unknown>).keys()]);
  }

  /** Ids of claims, unreadable ones included, with a path that overlaps. */
  claimsOverlapping(pattern: Pattern): Iterable<string> {
    this.folder(claimsFolder);
    return this.#claims.overlapping(pattern);
  }

  /** Ids of claims that are offers, not yet taken. */
  offers(): ReadonlySet<string> {
    this.folder(claimsFolder);
    return this.#offered;
  }

  /** Claims whose lease or offer ended at `now` or before, by their own record. Costs nothing while there is none. */
  claimsOver(now: string): ClaimRecord[] {
    const claims = this.folder(claimsFolder);
    if (this.#soonestExpiry === undefined) {
      this.#soonestExpiry = '9';
      for (const claim of claims.values()) {
        if (claim.kind === 'claim' && endOf(claim) < this.#soonestExpiry) this.#soonestExpiry = endOf(claim);
      }
    }
    if (this.#soonestExpiry > now) return [];
    return [...claims.values()].filter((claim): claim is ClaimRecord => claim.kind === 'claim' && endOf(claim) <= now);
  }

  waitingOverlapping(pattern: Pattern): Iterable<string> {
    this.folder(waitingFolder);
    return this.#waiting.overlapping(pattern);
  }

  isLoaded(folder: string): boolean {
    return this.#folders.has(folder);
  }

  loadedFolders(): Iterable<string> {
    return this.#folders.keys();
  }

  /** Puts a whole folder in, as read from the tip. */
  loadFolder(folder: string, records: ReadonlyMap<string, AnyRecord>): void {
    this.#folders.set(folder, new Map());
    for (const [name, record] of records) this.#set(`${folder}/${name}`, record);
    for (const path of this.#records.keys()) if (folderOf(path) === folder) this.#records.delete(path);
  }

  loadNames(folder: string, names: Iterable<string>): void {
    this.#names.set(folder, new Set(names));
  }

  loadRecord(path: string, record: AnyRecord | undefined): void {
    this.#records.set(path, record ?? null);
  }

  /** Forgets single records and names that a moved tip may have changed; loaded folders are kept up to date by `apply`. */
  forgetRecords(): void {
    this.#records.clear();
    this.#names.clear();
  }

  /** Follows the tip by what changed. Changes in folders that are not loaded are passed over. */
  apply(changes: Iterable<Pick<Change, 'path' | 'after'>>): void {
    for (const { path, after } of changes) {
      if (this.#folders.has(folderOf(path))) this.#set(path, after);
      else if (this.#records.has(path)) this.#records.set(path, after ?? null);
      const names = this.#names.get(folderOf(path));
      if (after === undefined) names?.delete(nameOf(path));
      else names?.add(nameOf(path));
    }
  }

  #set(path: string, record: AnyRecord | undefined): void {
    const folder = folderOf(path);
    const records = this.#folders.get(folder) as Map<string, AnyRecord>;
    const name = nameOf(path);
    const before = records.get(name);
    if (record === undefined) records.delete(name);
    else records.set(name, record);
    if (folder === claimsFolder) {
      this.#reindex(this.#claims, name, before, record);
      if (record?.kind === 'claim' && record.offeredUntil !== undefined) this.#offered.add(name);
      else this.#offered.delete(name);
      this.#followExpiry(before, record);
    } else if (folder === waitingFolder) {
      this.#reindex(this.#waiting, name, before, record);
    }
  }

  #followExpiry(before: AnyRecord | undefined, after: AnyRecord | undefined): void {
    if (this.#soonestExpiry === undefined) return;
    if (before?.kind === 'claim' && endOf(before) === this.#soonestExpiry) this.#soonestExpiry = undefined;
    else if (after?.kind === 'claim' && endOf(after) < this.#soonestExpiry) this.#soonestExpiry = endOf(after);
  }

  #reindex(index: PatternIndex<string>, id: string, before: AnyRecord | undefined, after: AnyRecord | undefined): void {
    const old = claimedBy(before);
    const now = claimedBy(after);
    if (isSame(old, now)) return;
    for (const pattern of patternsOf(old, this.paths)) index.remove(pattern, id);
    for (const pattern of patternsOf(now, this.paths)) index.add(pattern, id);
  }
}

const nothing: Claimed = { paths: [] };

function endOf({ expires, offeredUntil }: ClaimRecord): string {
  return offeredUntil !== undefined && offeredUntil < expires ? offeredUntil : expires;
}

function claimedBy(record: AnyRecord | undefined): Claimed {
  return record?.kind === 'claim' || record?.kind === 'waiting' || record?.kind === 'unreadable' ? record : nothing;
}

function isSame(a: Claimed, b: Claimed): boolean {
  return String(a.paths) === String(b.paths) && String(a.files) === String(b.files);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
