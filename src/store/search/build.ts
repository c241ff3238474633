/** A segment of documents that are new, or whose records have changed. */
import type { SearchDocument } from '../../domain/search/document.ts';
import { wordsIn } from '../../domain/search/words.ts';
import { PostingsWriter } from './postings.ts';
import { type SegmentDoc, segmentBytes } from './segment-bytes.ts';
import { markSign } from './segment-form.ts';

export interface NewDoc extends Pick<SegmentDoc, 'key' | 'oid'>, SearchDocument {}

/** Between two texts of a document, so that no phrase goes from one into the next. */
const textGap = 8;

/** Each key once. */
export function buildSegment(unordered: readonly NewDoc[]): Buffer {
  const docs = [...unordered].sort((a, b) => a.atMs - b.atMs || (a.key < b.key ? -1 : 1));
  const writers = new Map<string, PostingsWriter>();
  const add = (term: string, doc: number, places: readonly number[]) => {
    const writer = writers.get(term) ?? new PostingsWriter();
    writers.set(term, writer);
    writer.add({ doc, places });
  };
  for (const [doc, { texts, marks }] of docs.entries()) {
    for (const [term, places] of placesIn(texts)) add(term, doc, places);
    for (const mark of new Set(marks)) add(markSign + mark, doc, []);
  }
  const terms = [...writers].map(([term, writer]) => [Buffer.from(term), writer.bytes()] as const);
  return segmentBytes(
    docs,
    terms.sort(([a], [b]) => Buffer.compare(a, b)),
  );
}

function placesIn(texts: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  let place = 0;
  for (const text of texts) {
    for (const word of wordsIn(text)) {
      const known = places.get(word);
      if (known === undefined) places.set(word, [place]);
      else known.push(place);
      place++;
    }
    place += textGap;
  }
  return places;
}
