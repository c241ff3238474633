/** From what stands in a record's place to the record, or to the reason why it cannot be read. Never stops the others. */
import type { AnyRecord } from '../../domain/record/record.ts';
import { decodeRecord, unreadableRecord } from '../records.ts';
import type { ObjectReader } from './objects.ts';
import { insteadOfFile, type TreeEntry } from './tree.ts';

/** Bytes of files whose records are kept, some ten thousand messages: what a file holds never changes. */
const keptBytesMax = 4_000_000;

export class RecordReader {
  /** The oldest first. */
  readonly #kept = new Map<string, { readonly record: AnyRecord; readonly bytes: number }>();
  #keptBytes = 0;

  constructor(private readonly objects: ObjectReader) {}

  read(path: string, entry: TreeEntry): Promise<AnyRecord>;
  read(path: string, entry: TreeEntry | undefined): Promise<AnyRecord | undefined>;
  async read(path: string, entry: TreeEntry | undefined): Promise<AnyRecord | undefined> {
    if (entry === undefined) return undefined;
    const instead = insteadOfFile(entry);
    if (instead !== undefined) return unreadableRecord(path, `${instead} stands where its file belongs`);
    const key = `${entry.oid} ${path}`;
    const kept = this.#kept.get(key)?.record;
    if (kept !== undefined) return kept;
    const object = await this.objects.find(entry.oid);
    if (object === undefined) return unreadableRecord(path, `the repository lacks its content, ${entry.oid}`);
    if (object.type !== 'blob') return unreadableRecord(path, `its content is a ${object.type}`);
    const record = decodeRecord(path, object.content);
    this.#keep(key, record, object.content.length);
    return record;
  }

  #keep(key: string, record: AnyRecord, bytes: number): void {
    if (this.#kept.has(key)) return;
    this.#kept.set(key, { record, bytes });
    this.#keptBytes += bytes;
    for (const [old, { bytes: freed }] of this.#kept) {
      if (this.#keptBytes <= keptBytesMax) break;
      this.#kept.delete(old);
      this.#keptBytes -= freed;
    }
  }
}
