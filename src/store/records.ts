/** Between records and the bytes of their files. */

import { IntercomError } from '../domain/failure.ts';
import { recordBytesMax } from '../domain/limits.ts';
import { inFieldOrder, parseRecord } from '../domain/record/parse.ts';
import type { AnyRecord, LiveRecord } from '../domain/record/record.ts';
import { decodeYaml } from './codec/decode.ts';
import { encodeYaml } from './codec/encode.ts';

/** Throws for a record that no reader would take: written, it would be lost. */
export function encodeRecord(record: LiveRecord): Uint8Array {
  const bytes = encodeYaml(inFieldOrder(record));
  if (bytes.length <= recordBytesMax) return bytes;
  throw new IntercomError({
    code: 'too-large',
    message: `The ${record.kind} ${record.id} would take ${bytes.length} bytes, and ${recordBytesMax} is the most. Nothing was recorded.`,
    next: 'Say it in fewer words, or put it into a file of the repository and name that.',
    data: { bytes: bytes.length, bytesMax: recordBytesMax },
  });
}

/** Total: bytes that are no record of this path's kind give an unreadable one, with the reason. */
export function decodeRecord(path: string, bytes: Uint8Array): AnyRecord {
  return parseRecord(path, decodeYaml(bytes));
}

/** For a record whose bytes cannot be had at all. */
export function unreadableRecord(path: string, reason: string): AnyRecord {
  return parseRecord(path, { ok: false, reason });
}
