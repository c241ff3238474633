/** What is found in all segments together, the newest first, as far as it is asked for. */
import type { Wanted } from '../../domain/search/wanted.ts';
import { pathOf } from './docs.ts';
import type { Segment } from './segment.ts';
import { select } from './select.ts';

export interface Hit {
  readonly key: string;
  readonly oid: string;
}

interface Candidate {
  readonly atMs: number;
  readonly key: string;
}

/** Each record once: of a spec the newest version that is meant. The oldest segment comes first. */
export function hitsIn(segments: readonly Segment[], wanted: Wanted, paths: { readonly ignoreCase: boolean }): Hit[] {
  const lines = segments.map((segment, n) => new Line(segment, segments.slice(n + 1), select(segment, wanted, paths)));
  const before = wanted.before === undefined ? undefined : candidateAt(segments, wanted.before);
  const hits: Hit[] = [];
  const seen = new Set<string>();
  while (hits.length < wanted.limit) {
    const line = lines.reduce((best, each) => (isNewer(each.head, best.head) ? each : best), lines[0] as Line);
    const head = line?.head;
    if (head === undefined) break;
    if (before === undefined || isNewer(before, head)) {
      const hit = line.hit();
      if (hit !== undefined && !seen.has(pathOf(hit.key))) {
        seen.add(pathOf(hit.key));
        hits.push(hit);
      }
    }
    line.step();
  }
  return hits;
}

export function lastOid(segments: readonly Segment[], key: string): string | undefined {
  const found = lastDoc(segments, key);
  return found?.segment.oid(found.doc);
}

function lastDoc(segments: readonly Segment[], key: string) {
  for (const segment of segments.toReversed()) {
    const doc = segment.find(key);
    if (doc !== undefined) return { segment, doc };
  }
  return undefined;
}

function candidateAt(segments: readonly Segment[], key: string): Candidate | undefined {
  const found = lastDoc(segments, key);
  const isThere = found?.segment.oid(found.doc) !== undefined;
  return found !== undefined && isThere ? { key, atMs: found.segment.atMs(found.doc) } : undefined;
}

function isNewer(one: Candidate | undefined, other: Candidate | undefined): boolean {
  if (one === undefined || other === undefined) return one !== undefined;
  return one.atMs > other.atMs || (one.atMs === other.atMs && one.key > other.key);
}

/** The documents of one segment in their order, and the one at hand. */
class Line {
  #at = 0;
  head: Candidate | undefined;

  constructor(
    private readonly segment: Segment,
    private readonly later: readonly Segment[],
    private readonly docs: readonly number[],
  ) {
    this.#look();
  }

  step(): void {
    this.#at++;
    this.#look();
  }

  /** Undefined for a form of the record that is not the last, and for what is gone. */
  hit(): Hit | undefined {
    const { key } = this.head as Candidate;
    const oid = this.segment.oid(this.docs[this.#at] as number);
    const isHidden = oid === undefined || this.later.some((each) => each.find(key) !== undefined);
    return isHidden ? undefined : { key, oid };
  }

  #look(): void {
    const doc = this.docs[this.#at];
    this.head = doc === undefined ? undefined : { atMs: this.segment.atMs(doc), key: this.segment.key(doc) };
  }
}
