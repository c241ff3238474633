/** From what stands in a record's place to the record, or to the reason why it cannot be read. Never stops the others. */
import type { AnyRecord } from '../../domain/record/record.ts';
import { decodeRecord, unreadableRecord } from '../records.ts';
import type { ObjectReader } from './objects.ts';
import { insteadOfFile, type TreeEntry } from './tree.ts';

export class RecordReader {
  constructor(private readonly objects: ObjectReader) {}

  read(path: string, entry: TreeEntry): Promise<AnyRecord>;
  read(path: string, entry: TreeEntry | undefined): Promise<AnyRecord | undefined>;
  async read(path: string, entry: TreeEntry | undefined): Promise<AnyRecord | undefined> {
    if (entry === undefined) return undefined;
    const instead = insteadOfFile(entry);
    if (instead !== undefined) return unreadableRecord(path, `${instead} stands where its file belongs`);
    const object = await this.objects.find(entry.oid);
    if (object === undefined) return unreadableRecord(path, `the repository lacks its content, ${entry.oid}`);
    if (object.type !== 'blob') return unreadableRecord(path, `its content is a ${object.type}`);
    return decodeRecord(path, object.content);
  }
}
