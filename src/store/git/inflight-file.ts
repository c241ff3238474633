/** A file of what is in flight: `<oid> <bytes>\n<deflated>`, one after the other. Its end may be torn. */
import { readFileSync } from 'node:fs';
import { isOid, type Oid } from '../../domain/oid.ts';
import { isWhole } from './loose.ts';

export interface DeflatedObject {
  readonly oid: Oid;
  readonly deflated: Buffer;
}

/** What a file says that it has. */
export interface KeptName {
  readonly oid: Oid;
  /** Deflated. */
  readonly bytes: number;
}

/** The whole objects of a file, or those of one id: what looks like an object and is none, or torn, is passed over. */
export function* objectsIn(file: string, wanted = anyOid): Iterable<DeflatedObject> {
  const bytes = bytesOf(file);
  const text = bytes.toString('latin1');
  const headings = headingsOf(wanted);
  for (let found = headings.exec(text); found !== null; found = headings.exec(text)) {
    const oid = found[1] as Oid;
    const end = headings.lastIndex + Number(found[2]);
    const deflated = bytes.subarray(headings.lastIndex, end);
    if (end > bytes.length || !isWhole(oid, deflated)) continue;
    yield { oid, deflated };
    headings.lastIndex = end;
  }
}

/** Costs a hundredth of reading them, and may name one that is torn. */
export function namesIn(file: string): KeptName[] {
  const named = bytesOf(file).toString('latin1').matchAll(headingsOf(anyOid));
  return [...named].flatMap(([, oid = '', bytes]) => (isOid(oid) ? [{ oid, bytes: Number(bytes) }] : []));
}

const anyOid = '[0-9a-f]{40}';

function headingsOf(wanted: string): RegExp {
  return new RegExp(`(${wanted}) (\\d{1,9})\n`, 'g');
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}
