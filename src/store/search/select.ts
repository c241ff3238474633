/** Which documents of a segment have all that is wanted. */
import { overlaps } from '../../domain/pattern/overlap.ts';
import { type Pattern, parsePattern } from '../../domain/pattern/parse.ts';
import type { Phrase, Wanted } from '../../domain/search/wanted.ts';
import { readDocs, readPostings } from './postings.ts';
import type { Segment } from './segment.ts';
import { markSign } from './segment-form.ts';

/** Of what may be a folder, and of what is a file. */
const pathMarks = { included: `${markSign}path:`, excluded: `${markSign}file:` } as const;

/** Their numbers, the newest first. */
export function select(segment: Segment, wanted: Wanted, paths: { readonly ignoreCase: boolean }): number[] {
  const found = new Found(segment);
  for (const marks of marksOf(wanted)) found.keep(marks.map((mark) => segment.termOf(markSign + mark)));
  if (wanted.touching !== undefined) found.keep(termsTouching(segment, wanted.touching, paths));
  for (const phrase of wanted.phrases) {
    if (phrase.length === 1) found.keep(segment.termsWith(phrase[0] as string));
    else found.keepDocs(docsWithPhrase(segment, phrase));
  }
  // Without anything that narrows it, all but receipts.
  if (found.isUntouched) found.keep(segment.termsWith(`${markSign}kind:`));
  return found.docs(wanted.sinceMs ?? Number.NEGATIVE_INFINITY);
}

/** One of each is to be there. */
function marksOf({ kind, from, fromUid, thread, room, sealed }: Wanted): string[][] {
  const marks = Object.entries({ kind, thread, room, sealed }).map(([name, value]) => marked({ [name]: value }));
  return [...marks, marked({ from, uid: fromUid })].filter((each) => each.length > 0);
}

function marked(values: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`${name}:${value}`]));
}

/** What has passed each condition so far, as a count for each document. */
class Found {
  readonly #passed: Uint8Array;
  #conditions = 0;

  constructor(private readonly segment: Segment) {
    this.#passed = new Uint8Array(segment.docs);
  }

  get isUntouched(): boolean {
    return this.#conditions === 0;
  }

  /** Those with one of the terms. */
  keep(terms: Iterable<number | undefined>): void {
    const before = this.#conditions++;
    for (const term of terms) {
      if (term !== undefined) readDocs(this.segment.postings(term), (doc) => this.#pass(doc, before));
    }
  }

  keepDocs(docs: Iterable<number>): void {
    const before = this.#conditions++;
    for (const doc of docs) this.#pass(doc, before);
  }

  docs(sinceMs: number): number[] {
    const docs: number[] = [];
    for (let doc = this.segment.docs - 1; doc >= 0 && this.segment.atMs(doc) >= sinceMs; doc--) {
      if (this.#passed[doc] === this.#conditions) docs.push(doc);
    }
    return docs;
  }

  #pass(doc: number, before: number): void {
    if (this.#passed[doc] === before) this.#passed[doc] = before + 1;
  }
}

function* termsTouching(
  segment: Segment,
  wanted: readonly Pattern[],
  paths: { readonly ignoreCase: boolean },
): Iterable<number> {
  for (const below of ['included', 'excluded'] as const) {
    const mark = pathMarks[below];
    for (const term of segment.termsWith(mark)) {
      const parsed = parsePattern(segment.term(term).toString('utf8').slice(mark.length), { ...paths, below });
      if (!parsed.ok || wanted.some((pattern) => overlaps(parsed.pattern, pattern))) yield term;
    }
  }
}

/** The words one after the other; the last one may be the beginning of a longer word. */
function docsWithPhrase(segment: Segment, phrase: Phrase): Iterable<number> {
  let ends: Map<number, Set<number>> | undefined;
  for (const [n, word] of phrase.entries()) {
    const isLast = n === phrase.length - 1;
    const terms = isLast ? [...segment.termsWith(word)] : [segment.termOf(word)];
    const before = ends;
    const after = new Map<number, Set<number>>();
    for (const term of terms) {
      if (term === undefined) continue;
      for (const { doc, places } of readPostings(segment.postings(term))) {
        const known = before?.get(doc);
        if (before !== undefined && known === undefined) continue;
        const fitting = known === undefined ? places : places.filter((place) => known.has(place - 1));
        if (fitting.length === 0) continue;
        const all = after.get(doc) ?? new Set();
        for (const place of fitting) all.add(place);
        after.set(doc, all);
      }
    }
    ends = after;
  }
  return ends?.keys() ?? [];
}
