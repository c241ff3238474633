/** `packed-refs` (gitrepository-layout(5), refs/packed-backend.c): searched as bytes, read again only when it changed. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isOid, type Oid } from '../../domain/oid.ts';

interface Cached {
  readonly stamp: string;
  readonly bytes: Buffer;
}

const cacheByFile = new Map<string, Cached>();

export function readPackedRef(commonDir: string, ref: string): Oid | null {
  const bytes = packedBytes(join(commonDir, 'packed-refs'));
  const at = bytes?.indexOf(` ${ref}\n`) ?? -1;
  if (bytes === undefined || at < 40) return null;
  const isLineStart = at === 40 || bytes[at - 41] === 10;
  const oid = bytes.toString('latin1', at - 40, at);
  return isLineStart && isOid(oid) ? oid : null;
}

/** git replaces the file by rename, so inode, size and nanoseconds tell a new one. */
function packedBytes(file: string): Buffer | undefined {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  if (stat === undefined) return undefined;
  const stamp = `${stat.ino} ${stat.size} ${stat.mtimeNs}`;
  const known = cacheByFile.get(file);
  if (known?.stamp === stamp) return known.bytes;
  try {
    const bytes = readFileSync(file);
    cacheByFile.set(file, { stamp, bytes });
    return bytes;
  } catch {
    return undefined;
  }
}
