/** `packed-refs` (gitrepository-layout(5), refs/packed-backend.c): searched as bytes, read again only when it changed. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { IntercomError } from '../../domain/failure.ts';
import { isOid, type Oid } from '../../domain/oid.ts';

interface Cached {
  readonly stamp: string;
  readonly bytes: Buffer;
  isSound?: boolean;
}

const cacheByFile = new Map<string, Cached>();

/** Throws where the file cannot be read or is torn: a branch that is only not found must not be begun anew. */
export function readPackedRef(commonDir: string, ref: string): Oid | null {
  const file = join(commonDir, 'packed-refs');
  const packed = readPacked(file);
  if (packed === undefined || packed.bytes.length === 0) return null;
  const { bytes } = packed;
  if (bytes[bytes.length - 1] !== 10) throw torn(file, 'its last line has no end');
  const at = bytes.indexOf(` ${ref}\n`);
  if (at < 0) {
    const line = packed.isSound ? undefined : firstBadLine(bytes);
    if (line !== undefined) throw torn(file, `line ${line} is no ref`);
    packed.isSound = true;
    return null;
  }
  const isLineStart = at === 40 || bytes[at - 41] === 10;
  const oid = bytes.toString('latin1', Math.max(0, at - 40), at);
  if (!isLineStart || !isOid(oid)) throw torn(file, `it names no object for ${ref}`);
  return oid;
}

/** Names of packed refs that `ref` cannot stand beside: what is below it, and what is one of its folders. */
export function packedInTheWay(commonDir: string, ref: string): string | undefined {
  const text = readPacked(join(commonDir, 'packed-refs'))?.bytes.toString('utf8') ?? '';
  const folders = new Set(ref.split('/').map((_, n, parts) => parts.slice(0, n).join('/')));
  const names = text.split('\n').map((line) => line.slice(41));
  return names.find((name) => name.startsWith(`${ref}/`) || (name !== '' && folders.has(name)));
}

/** Headers and peeled tags aside, a line is an object and a name. */
function firstBadLine(bytes: Buffer): number | undefined {
  const lines = bytes.toString('latin1').slice(0, -1).split('\n');
  const at = lines.findIndex((line) => !/^(?:#.*|\^[0-9a-f]{40}|[0-9a-f]{40} \S.*)$/.test(line));
  return at < 0 ? undefined : at + 1;
}

/** git replaces the file by rename, so inode, size and nanoseconds tell a new one. */
function readPacked(file: string): Cached | undefined {
  try {
    const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
    if (stat === undefined) return undefined;
    const stamp = `${stat.ino} ${stat.size} ${stat.mtimeNs}`;
    const known = cacheByFile.get(file);
    if (known?.stamp === stamp) return known;
    const read: Cached = { stamp, bytes: readFileSync(file) };
    cacheByFile.set(file, read);
    return read;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new IntercomError({
      code: 'io-failed',
      message: `The packed refs of the repository cannot be read: ${file} (${code}).`,
      next: 'Check that it is a file, its owner and its permissions. Nothing on the coordination branch is lost by it.',
      data: { file },
    });
  }
}

function torn(file: string, why: string): IntercomError {
  return new IntercomError({
    code: 'damaged',
    message: `The packed refs of the repository are damaged: ${file}: ${why}.`,
    next: 'Run git fsck, and mend or restore the file; what is on the coordination branch is not lost by it.',
    data: { file },
  });
}
