/**
 * Where a word stands, as bytes: for each document the distance to the one before, how often, and the distances between
 * its places there. Numbers are of seven bits a byte (LEB128), which makes most of them one byte.
 */

/** In one document; `places` rise, and are none for a mark. */
export interface Posting {
  readonly doc: number;
  readonly places: readonly number[];
}

/** Documents must rise. */
export class PostingsWriter {
  #bytes = Buffer.allocUnsafe(32);
  #length = 0;
  #lastDoc = 0;

  add({ doc, places }: Posting): void {
    this.#number(doc - this.#lastDoc);
    this.#lastDoc = doc;
    this.#number(places.length);
    let last = 0;
    for (const place of places) {
      this.#number(place - last);
      last = place;
    }
  }

  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #number(value: number): void {
    if (this.#length + 8 > this.#bytes.length) {
      const grown = Buffer.allocUnsafe(this.#bytes.length * 2);
      this.#bytes.copy(grown);
      this.#bytes = grown;
    }
    let rest = value;
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }
}

/** `visit` is called with the places only where it wants them: most questions ask for the documents alone. */
export function readDocs(bytes: Buffer, visit: (doc: number) => void): void {
  const reading = { bytes, at: 0 };
  for (let doc = 0; reading.at < bytes.length; ) {
    doc += readNumber(reading);
    for (let count = readNumber(reading); count > 0; count--) skipNumber(reading);
    visit(doc);
  }
}

export function* readPostings(bytes: Buffer): Iterable<Posting> {
  const reading = { bytes, at: 0 };
  for (let doc = 0; reading.at < bytes.length; ) {
    doc += readNumber(reading);
    const places: number[] = [];
    let place = 0;
    for (let count = readNumber(reading); count > 0; count--) {
      place += readNumber(reading);
      places.push(place);
    }
    yield { doc, places };
  }
}

interface Reading {
  readonly bytes: Buffer;
  at: number;
}

/** Ends at the end of the bytes, also where they are torn. */
function readNumber(reading: Reading): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = reading.bytes[reading.at++] ?? 0;
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) break;
  }
  return value;
}

function skipNumber(reading: Reading): void {
  while ((reading.bytes[reading.at++] ?? 0) > 127);
}
