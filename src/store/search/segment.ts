/** Reading a segment: only the sections that a question needs, and of the postings only those of its words. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { filled, formNumber, headerBytes, oidBytes, type Section, sections, sumOf } from './segment-form.ts';

/** Thrown for a file that is no segment of this form: the index is made anew. */
export class DamagedIndex extends Error {}

interface Source {
  readonly length: number;
  read(from: number, length: number): Buffer;
  close(): void;
}

export class Segment {
  readonly docs: number;
  readonly terms: number;
  readonly #starts = new Map<Section, { readonly from: number; readonly length: number; readonly sum: number }>();
  readonly #sections = new Map<Section, Buffer>();

  constructor(private readonly source: Source) {
    if (source.length < headerBytes) throw new DamagedIndex('a segment is shorter than its header');
    const header = source.read(0, headerBytes);
    const [form, docs = 0, terms = 0, ...rest] = floats(header);
    if (form !== formNumber) throw new DamagedIndex(`a segment is of form ${form}`);
    expectSum(header.subarray(0, -8), rest.at(-1));
    this.docs = docs;
    this.terms = terms;
    let from = headerBytes;
    for (const [n, name] of sections.entries()) {
      const [length, sum] = [rest[n] as number, rest[sections.length + n] as number];
      this.#starts.set(name, { from, length, sum });
      from += filled(length);
    }
    if (from !== source.length) throw new DamagedIndex('a segment is torn');
  }

  /** Of the file; it stays readable when another process removes it. Throws ENOENT where that was before. */
  static open(file: string): Segment {
    const fd = openSync(file, 'r');
    try {
      return new Segment({
        length: fstatSync(fd).size,
        read: (from, length) => {
          const bytes = Buffer.from(new ArrayBuffer(length));
          for (let done = 0; done < length; ) {
            const read = readSync(fd, bytes, done, length - done, from + done);
            if (read === 0) throw new DamagedIndex(`${file} is torn`);
            done += read;
          }
          return bytes;
        },
        close: () => closeSync(fd),
      });
    } catch (cause) {
      closeSync(fd);
      throw cause;
    }
  }

  /** Of bytes that are on no disk. */
  static of(bytes: Buffer): Segment {
    const read = (from: number, length: number) =>
      Buffer.from(Uint8Array.from(bytes.subarray(from, from + length)).buffer);
    return new Segment({ length: bytes.length, read, close: () => {} });
  }

  get bytes(): number {
    return this.source.length;
  }

  close(): void {
    this.source.close();
  }

  atMs(doc: number): number {
    return floats(this.#section('instants'))[doc] as number;
  }

  /** Undefined where the record is gone. */
  oid(doc: number): string | undefined {
    const oid = this.#section('objects').toString('hex', doc * oidBytes, (doc + 1) * oidBytes);
    return /[^0]/.test(oid) ? oid : undefined;
  }

  key(doc: number): string {
    return this.#item('keys', 'keyEnds', doc).toString('utf8');
  }

  /** The document with this key. */
  find(key: string): number | undefined {
    const wanted = Buffer.from(key);
    const order = integers(this.#section('byKey'));
    const n = this.#first(
      this.docs,
      (at) => Buffer.compare(this.#item('keys', 'keyEnds', order[at] as number), wanted) >= 0,
    );
    const doc = n < this.docs ? (order[n] as number) : undefined;
    return doc !== undefined && this.key(doc) === key ? doc : undefined;
  }

  /** Keys that end so, in no order. */
  *keysEnding(ending: string): Iterable<string> {
    const keys = this.#section('keys');
    const wanted = Buffer.from(ending);
    for (let at = keys.indexOf(wanted); at >= 0; at = keys.indexOf(wanted, at + 1)) {
      const end = at + wanted.length;
      const ends = integers(this.#section('keyEnds'));
      const doc = this.#first(this.docs, (n) => (ends[n] as number) >= end);
      if (ends[doc] === end) yield this.key(doc);
    }
  }

  term(n: number): Buffer {
    return this.#item('terms', 'termEnds', n);
  }

  /** The terms from `prefix` on, up to the first that does not begin so. */
  *termsWith(prefix: string): Iterable<number> {
    const wanted = Buffer.from(prefix);
    const from = this.#first(this.terms, (n) => Buffer.compare(this.term(n), wanted) >= 0);
    for (let n = from; n < this.terms && this.term(n).subarray(0, wanted.length).equals(wanted); n++) yield n;
  }

  termOf(text: string): number | undefined {
    const [first] = this.termsWith(text);
    return first !== undefined && this.term(first).equals(Buffer.from(text)) ? first : undefined;
  }

  postings(term: number): Buffer {
    const ends = integers(this.#section('postingEnds'));
    const from = term === 0 ? 0 : (ends[term - 1] as number);
    const { from: start } = this.#starts.get('postings') as { from: number };
    const bytes = this.source.read(start + from, (ends[term] as number) - from);
    expectSum(bytes, integers(this.#section('postingSums'))[term]);
    return bytes;
  }

  #item(name: 'keys' | 'terms', ends: 'keyEnds' | 'termEnds', n: number): Buffer {
    const all = integers(this.#section(ends));
    return this.#section(name).subarray(n === 0 ? 0 : all[n - 1], all[n]);
  }

  #section(name: Section): Buffer {
    const known = this.#sections.get(name);
    if (known !== undefined) return known;
    const { from, length, sum } = this.#starts.get(name) as { from: number; length: number; sum: number };
    const bytes = this.source.read(from, length);
    expectSum(bytes, sum);
    this.#sections.set(name, bytes);
    return bytes;
  }

  /** The first number for which it holds, where it holds for all behind; `end` where for none. */
  #first(end: number, holds: (n: number) => boolean): number {
    let [low, high] = [0, end];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function expectSum(bytes: Uint8Array, sum: number | undefined): void {
  if (sumOf(bytes) !== sum) throw new DamagedIndex('a segment has other bytes than were written');
}

function floats({ buffer, byteOffset, byteLength }: Buffer): Float64Array {
  return new Float64Array(buffer as ArrayBuffer, byteOffset, Math.floor(byteLength / 8));
}

function integers({ buffer, byteOffset, byteLength }: Buffer): Uint32Array {
  return new Uint32Array(buffer as ArrayBuffer, byteOffset, Math.floor(byteLength / 4));
}
