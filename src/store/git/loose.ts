/**
 * Loose objects: zlib of `<type> <bytes>\0<content>` under objects/xx/ (gitformat-loose, object-file.c).
 * Reading is synchronous: a loose object of ours is a few hundred bytes.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { recordBytesMax } from '../../domain/limits.ts';
import type { Oid } from '../../domain/oid.ts';

export interface GitObject {
  readonly type: 'blob' | 'tree' | 'commit' | 'tag';
  readonly content: Buffer;
}

/** Where core.looseCompression says nothing (git-config(1)). What is in trees are ids, which no level makes shorter. */
export const looseLevel = 1;

/** Trees of a folder with many records are the largest objects of ours. */
const inflatedBytesMax = 16 * recordBytesMax;

export function loosePath(objectsDir: string, oid: Oid): string {
  return join(objectsDir, oid.slice(0, 2), oid.slice(2));
}

/** Undefined where there is no such file, and also where it is torn: a copy in a pack or in flight may be whole. */
export function readLoose(objectsDir: string, oid: Oid): GitObject | undefined {
  let deflated: Buffer;
  try {
    deflated = readFileSync(loosePath(objectsDir, oid));
  } catch {
    return undefined;
  }
  return inflateObject(deflated);
}

/** Whether these are the very bytes of the object. */
export function isWhole(oid: Oid, deflated: Buffer): boolean {
  const raw = inflated(deflated);
  return raw !== undefined && createHash('sha1').update(raw).digest('hex') === oid;
}

function inflated(deflated: Buffer): Buffer | undefined {
  try {
    return inflateSync(deflated, { maxOutputLength: inflatedBytesMax });
  } catch {
    return undefined;
  }
}

export function inflateObject(deflated: Buffer): GitObject | undefined {
  const raw = inflated(deflated);
  if (raw === undefined) return undefined;
  const end = raw.indexOf(0);
  const [type, size] = raw.toString('latin1', 0, Math.max(0, end)).split(' ');
  if (end < 0 || Number(size) !== raw.length - end - 1) return undefined;
  return { type: type as GitObject['type'], content: raw.subarray(end + 1) };
}
