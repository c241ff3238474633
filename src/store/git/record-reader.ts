/** From what stands in a record's place to the record, or to the reason why it cannot be read. Never stops the others. */
import { isOid } from '../../domain/oid.ts';
import type { AnyRecord } from '../../domain/record/record.ts';
import { decodeRecord, unreadableRecord } from '../records.ts';
import { putTogether } from './attached-texts.ts';
import type { ObjectReader } from './objects.ts';
import { insteadOfFile, type TreeEntry } from './tree.ts';

/** Bytes of files whose records are kept, some ten thousand messages: what a file holds never changes. */
const keptBytesMax = 4_000_000;

export class RecordReader {
  #kept: Map<string, AnyRecord> | undefined;
  #keptBytes = 0;

  constructor(private readonly objects: ObjectReader) {}

  read(path: string, entry: TreeEntry): Promise<AnyRecord>;
  read(path: string, entry: TreeEntry | undefined): Promise<AnyRecord | undefined>;
  async read(path: string, entry: TreeEntry | undefined): Promise<AnyRecord | undefined> {
    if (entry === undefined) return undefined;
    const instead = insteadOfFile(entry);
    if (instead !== undefined) return unreadableRecord(path, `${instead} stands where its file belongs`);
    const kept = this.#kept?.get(keyOf(path, entry));
    if (kept !== undefined) return kept;
    const object = await this.objects.find(entry.oid);
    if (object === undefined) return unreadableRecord(path, `the repository lacks its content, ${entry.oid}`);
    if (object.type !== 'blob') return unreadableRecord(path, `its content is a ${object.type}`);
    const record = await putTogether(decodeRecord(path, object.content), (oid) => this.#blob(oid));
    if (this.#kept !== undefined && this.#keptBytes < keptBytesMax) {
      this.#kept.set(keyOf(path, entry), record);
      this.#keptBytes += object.content.length;
    }
    return record;
  }

  async #blob(oid: string): Promise<Uint8Array | undefined> {
    const object = isOid(oid) ? await this.objects.find(oid) : undefined;
    return object?.type === 'blob' ? object.content : undefined;
  }

  /** For as long as it takes, what is read is read once, as far as it fits. */
  async keeping<T>(act: () => Promise<T>): Promise<T> {
    if (this.#kept !== undefined) return act();
    this.#kept = new Map();
    try {
      return await act();
    } finally {
      this.#kept = undefined;
      this.#keptBytes = 0;
    }
  }
}

/** A message stands in two places with one content. */
function keyOf(path: string, { oid }: TreeEntry): string {
  return `${oid} ${path}`;
}
