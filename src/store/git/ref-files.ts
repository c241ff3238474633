/** Reading refs as files (refs/files-backend.c): loose, packed, symbolic. Light enough for a hook. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntercomError } from '../../domain/failure.ts';
import { isOid, type Oid } from '../../domain/oid.ts';
import { readPackedRef } from './packed-refs.ts';

const symbolicDepthMax = 5;

/** Loose first, then packed, and loose once more: `git pack-refs` deletes the loose one after writing the packed. */
export function readRefFile(commonDir: string, ref: string, depth = 0): Oid | null {
  for (let look = 0; look < 2; look++) {
    const loose = readLooseRef(commonDir, ref, depth);
    if (loose !== undefined) return loose;
    const packed = readPackedRef(commonDir, ref);
    if (packed !== null) return packed;
  }
  return null;
}

function readLooseRef(commonDir: string, ref: string, depth: number): Oid | null | undefined {
  const file = join(commonDir, ref);
  let text: string;
  try {
    text = readFileSync(file, 'latin1');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw cause;
  }
  const oid = text.trim();
  if (isOid(oid)) return oid;
  const target = /^ref: (refs\/.+)$/.exec(oid)?.[1];
  if (target !== undefined && depth < symbolicDepthMax) return readRefFile(commonDir, target, depth + 1);
  throw new IntercomError({
    code: 'damaged',
    message: `The ref ${ref} is damaged: ${file} holds ${text.length === 0 ? 'nothing' : 'no object id'}.`,
    next: 'Run git intercom doctor --fix to restore the last tip that is known and whole.',
    data: { ref, file },
  });
}
