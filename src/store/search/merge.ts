/** Several segments, one after the other in time, made into one: what a later one hides is left out. */
import { PostingsWriter, readPostings } from './postings.ts';
import type { Segment } from './segment.ts';
import { type SegmentDoc, segmentBytes } from './segment-bytes.ts';

interface Kept extends SegmentDoc {
  readonly from: number;
  readonly doc: number;
}

/** `isFirst`: nothing is before them, so that what is gone need not be remembered. */
export function mergeSegments(segments: readonly Segment[], { isFirst }: { readonly isFirst: boolean }): Buffer {
  const docs = segments.flatMap((segment, from) => keptOf(segment, from, segments.slice(from + 1), isFirst));
  docs.sort((a, b) => a.atMs - b.atMs || (a.key < b.key ? -1 : 1));
  const numbers = segments.map(({ docs: count }) => new Int32Array(count).fill(-1));
  for (const [n, { from, doc }] of docs.entries()) (numbers[from] as Int32Array)[doc] = n;
  return segmentBytes(docs, mergedTerms(segments, numbers));
}

function keptOf(segment: Segment, from: number, later: readonly Segment[], isFirst: boolean): Kept[] {
  const kept: Kept[] = [];
  for (let doc = 0; doc < segment.docs; doc++) {
    const key = segment.key(doc);
    const oid = segment.oid(doc);
    if (oid === undefined && isFirst) continue;
    if (later.some((each) => each.find(key) !== undefined)) continue;
    kept.push({ key, oid, atMs: segment.atMs(doc), from, doc });
  }
  return kept;
}

function* mergedTerms(
  segments: readonly Segment[],
  numbers: readonly Int32Array[],
): Iterable<readonly [Buffer, Buffer]> {
  const next = segments.map(() => 0);
  for (;;) {
    const heads = segments.map((segment, n) =>
      (next[n] as number) < segment.terms ? segment.term(next[n] as number) : undefined,
    );
    const term = heads.reduce(
      (low, head) => (low === undefined || (head && Buffer.compare(head, low) < 0) ? head : low),
      undefined,
    );
    if (term === undefined) return;
    const postings = heads.flatMap((head, n) => {
      if (head === undefined || !head.equals(term)) return [];
      const all = [...readPostings((segments[n] as Segment).postings(next[n] as number))];
      next[n] = (next[n] as number) + 1;
      return all.map(({ doc, places }) => ({ doc: (numbers[n] as Int32Array)[doc] as number, places }));
    });
    const writer = new PostingsWriter();
    for (const posting of postings.filter(({ doc }) => doc >= 0).sort((a, b) => a.doc - b.doc)) writer.add(posting);
    if (writer.bytes().length > 0) yield [term, writer.bytes()];
  }
}
