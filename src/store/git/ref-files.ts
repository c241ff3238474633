/** Reading refs as files (refs/files-backend.c): loose, packed, symbolic. Light enough for a hook. */
import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
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

/** What a loose ref points to by name; undefined for one that names an object, and where there is none. */
export function symbolicTarget(commonDir: string, ref: string): string | undefined {
  try {
    const file = join(commonDir, ref);
    if (lstatSync(file).isSymbolicLink()) return readlinkSync(file);
    return targetOf(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function readLooseRef(commonDir: string, ref: string, depth: number): Oid | null | undefined {
  const file = join(commonDir, ref);
  let text: string;
  try {
    // node reads this encoding three times as quickly, and refs are ASCII but for names.
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw new IntercomError({
      code: 'io-failed',
      message: `The ref ${ref} cannot be read: ${file} (${code}).`,
      next: 'Check the owner and the permissions of the file.',
      data: { ref, file },
    });
  }
  const oid = text.trim();
  if (isOid(oid)) return oid;
  const target = targetOf(text);
  if (target !== undefined && depth < symbolicDepthMax) return readRefFile(commonDir, target, depth + 1);
  throw damaged(ref, file, text.trim() === '' ? 'holds nothing' : 'holds no object id');
}

function targetOf(text: string): string | undefined {
  return /^ref:\s*(refs\/(?:(?!\.\.).)+)$/.exec(text.trim())?.[1];
}

function damaged(ref: string, file: string, what: string): IntercomError {
  return new IntercomError({
    code: 'damaged',
    message: `The ref ${ref} is damaged: ${file} ${what}.`,
    next: 'Run git intercom doctor --fix to restore the last tip that is known and whole.',
    data: { ref, file },
  });
}
