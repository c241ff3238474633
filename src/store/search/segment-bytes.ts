/** Puts a segment's parts together into the bytes of its file. */
import { filled, formNumber, headerBytes, oidBytes, type Section, sections, sumOf } from './segment-form.ts';

export interface SegmentDoc {
  /** Of which only the last segment's counts: a record's path, of a spec with its version's object. */
  readonly key: string;
  readonly atMs: number;
  /** Undefined: what this key meant before is gone. */
  readonly oid: string | undefined;
}

/** `docs` by instant and then key; `terms` by their bytes, each with its postings in the order of the documents. */
export function segmentBytes(docs: readonly SegmentDoc[], terms: Iterable<readonly [Buffer, Buffer]>): Buffer {
  const keyBytes = docs.map(({ key }) => Buffer.from(key));
  const keys = ended(keyBytes);
  const order = [...keyBytes.keys()].sort((a, b) => Buffer.compare(keyBytes[a] as Buffer, keyBytes[b] as Buffer));
  const words: Buffer[] = [];
  const postings: Buffer[] = [];
  for (const [term, places] of terms) {
    words.push(term);
    postings.push(places);
  }
  const [allWords, allPostings] = [ended(words), ended(postings)];
  const parts: Record<Section, Uint8Array> = {
    instants: bytesOf(Float64Array.from(docs, ({ atMs }) => atMs)),
    objects: Buffer.concat(
      docs.map(({ oid }) => (oid === undefined ? Buffer.alloc(oidBytes) : Buffer.from(oid, 'hex'))),
    ),
    keyEnds: bytesOf(keys.ends),
    keys: keys.bytes,
    byKey: bytesOf(Uint32Array.from(order)),
    termEnds: bytesOf(allWords.ends),
    terms: allWords.bytes,
    postingEnds: bytesOf(allPostings.ends),
    postingSums: bytesOf(Uint32Array.from(postings, sumOf)),
    postings: allPostings.bytes,
  };
  const lengths = sections.map((name) => parts[name].length);
  const sums = sections.map((name) => sumOf(parts[name]));
  const numbers = bytesOf(Float64Array.of(formNumber, docs.length, words.length, ...lengths, ...sums));
  const whole = Buffer.alloc(headerBytes + lengths.reduce((sum, length) => sum + filled(length), 0));
  whole.set(numbers);
  whole.set(bytesOf(Float64Array.of(sumOf(numbers))), numbers.length);
  let at = headerBytes;
  for (const name of sections) {
    whole.set(parts[name], at);
    at += filled(parts[name].length);
  }
  return whole;
}

function ended(parts: readonly Buffer[]): { readonly bytes: Buffer; readonly ends: Uint32Array } {
  let end = 0;
  const ends = Uint32Array.from(parts, (part) => {
    end += part.length;
    return end;
  });
  return { bytes: Buffer.concat(parts), ends };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
