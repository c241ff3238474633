/** Between records and the bytes of their files. */

import { inFieldOrder, parseRecord } from '../domain/record/parse.ts';
import type { AnyRecord, LiveRecord } from '../domain/record/record.ts';
import { decodeYaml } from './codec/decode.ts';
import { encodeYaml } from './codec/encode.ts';

export function encodeRecord(record: LiveRecord): Uint8Array {
  return encodeYaml(inFieldOrder(record));
}

/** Total: bytes that are no record of this path's kind give an unreadable one, with the reason. */
export function decodeRecord(path: string, bytes: Uint8Array): AnyRecord {
  return parseRecord(path, decodeYaml(bytes));
}

/** For a record whose bytes cannot be had at all. */
export function unreadableRecord(path: string, reason: string): AnyRecord {
  return parseRecord(path, { ok: false, reason });
}
