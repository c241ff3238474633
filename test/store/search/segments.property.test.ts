/** Segments, built and merged in any way, answer as a scan of all documents does that knows no index. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { overlaps } from '../../../src/domain/pattern/overlap.ts';
import { type Pattern, parsePattern } from '../../../src/domain/pattern/parse.ts';
import { placeIn } from '../../../src/domain/search/excerpt.ts';
import type { Phrase, Wanted } from '../../../src/domain/search/wanted.ts';
import { wordsIn } from '../../../src/domain/search/words.ts';
import { buildSegment, type NewDoc } from '../../../src/store/search/build.ts';
import { hitsIn, lastOid } from '../../../src/store/search/hits.ts';
import { mergeSegments } from '../../../src/store/search/merge.ts';
import { DamagedIndex, Segment } from '../../../src/store/search/segment.ts';

const word = fc.constantFrom('port', 'ports', 'open', 'Öl', 'a', 'ab', 'login', '検索');
const text = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
const agent = fc.constantFrom('ada', 'bob');
const path = fc.constantFrom('src', 'src/a.ts', '*.md', 'docs/**');
const oid = fc.integer({ min: 1, max: 2 ** 30 }).map((n) => n.toString(16).padStart(40, '0'));
const doc = fc
  .record({
    n: fc.nat(12),
    atMs: fc.nat(30),
    texts: fc.array(text, { maxLength: 3 }),
    agent,
    uid: fc.constantFrom('1', '2'),
    path,
    oid,
    isGone: fc.boolean(),
  })
  .map(({ n, atMs, texts, agent, uid, path, oid, isGone }): NewDoc => {
    const key = `messages/${n}`;
    if (isGone && n % 3 === 0) return { key, oid: undefined, atMs: 0, texts: [], marks: [] };
    return { key, oid, atMs, texts, marks: ['kind:message', `from:${agent}`, `uid:${uid}`, `path:${path}`] };
  });
const batch = fc.uniqueArray(doc, { selector: ({ key }) => key, maxLength: 10 });
const phrase = fc.array(word, { minLength: 1, maxLength: 2 }).map((words) => wordsIn(words.join(' ')));
const wantedOf = fc.record({
  phrases: fc.array(phrase, { maxLength: 2 }),
  from: fc.option(agent, { nil: undefined }),
  fromUid: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
  touching: fc.option(
    fc.constantFrom('src/a.ts', 'src/**', 'readme.md').map((each) => [pattern(each)]),
    { nil: undefined },
  ),
  sinceMs: fc.option(fc.nat(30), { nil: undefined }),
  before: fc.option(
    fc.nat(12).map((n) => `messages/${n}`),
    { nil: undefined },
  ),
  limit: fc.integer({ min: 1, max: 20 }),
});

function pattern(typed: string): Pattern {
  const parsed = parsePattern(typed);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.pattern;
}

function scan(batches: readonly (readonly NewDoc[])[], wanted: Wanted): string[] {
  const last = new Map(batches.flat().map((each) => [each.key, each]));
  const order = (a: NewDoc, b: NewDoc) => b.atMs - a.atMs || (a.key < b.key ? 1 : -1);
  const named = wanted.before === undefined ? undefined : last.get(wanted.before);
  const before = named?.oid === undefined ? undefined : named;
  return [...last.values()]
    .filter(({ oid }) => oid !== undefined)
    .filter((each) => wanted.phrases.every((phrase) => hasPhrase(each, phrase)))
    .filter((each) => isFrom(each, wanted))
    .filter(({ marks }) => wanted.touching === undefined || touches(marks, wanted.touching))
    .filter(({ atMs }) => atMs >= (wanted.sinceMs ?? 0))
    .filter((each) => before === undefined || (each !== before && order(before, each) < 0))
    .sort(order)
    .slice(0, wanted.limit)
    .map(({ oid }) => oid as string);
}

function isFrom({ marks }: NewDoc, { from, fromUid }: Wanted): boolean {
  if (from === undefined && fromUid === undefined) return true;
  return marks.includes(`from:${from}`) || marks.includes(`uid:${fromUid}`);
}

function hasPhrase({ texts }: NewDoc, phrase: Phrase): boolean {
  return texts.some((each) => placeIn(wordsIn(each), phrase) >= 0);
}

function touches(marks: readonly string[], wanted: readonly Pattern[]): boolean {
  const own = marks.filter((each) => each.startsWith('path:')).map((each) => pattern(each.slice('path:'.length)));
  return own.some((one) => wanted.some((other) => overlaps(one, other)));
}

test('what is found, and in which order, is what a scan finds, also after any two neighbours were merged', () => {
  fc.assert(
    fc.property(
      fc.array(batch, { maxLength: 5 }),
      fc.array(wantedOf, { minLength: 1, maxLength: 4 }),
      fc.nat(),
      (batches, asked, at) => {
        const built = batches.map((docs) => Segment.of(buildSegment(docs)));
        const n = at % Math.max(1, built.length - 1);
        const pair = built.slice(n, n + 2);
        const merged = [
          ...built.slice(0, n),
          ...(pair.length < 2 ? pair : [Segment.of(mergeSegments(pair, { isFirst: n === 0 }))]),
          ...built.slice(n + 2),
        ];
        const last = new Map(batches.flat().map(({ key, oid }) => [key, oid]));
        for (const segments of [built, merged]) {
          for (const wanted of asked) {
            expect(hitsIn(segments, wanted, { ignoreCase: false }).map(({ oid }) => oid)).toEqual(
              scan(batches, wanted),
            );
          }
          for (const [key, oid] of last) expect(lastOid(segments, key)).toBe(oid);
        }
      },
    ),
  );
});

test('keys are found by their ending, once for each segment', () => {
  const docs = ['messages/abcd', 'messages/bcd', 'claims/xabcd', 'messages/abcde'].map((key) => ({
    key,
    oid: '1'.repeat(40),
    atMs: 0,
    texts: [],
    marks: [],
  }));
  const segment = Segment.of(buildSegment(docs));
  expect([...segment.keysEnding('bcd')].sort()).toEqual(['claims/xabcd', 'messages/abcd', 'messages/bcd']);
  expect([...segment.keysEnding('zzz')]).toEqual([]);
});

test('a bit that has flipped is said to be damage, or changes no answer', () => {
  fc.assert(
    fc.property(batch, fc.array(wantedOf, { minLength: 1, maxLength: 4 }), fc.nat(), (docs, asked, at) => {
      const bytes = buildSegment(docs);
      const answers = (segment: Segment) => [
        ...asked.map((wanted) => hitsIn([segment], wanted, { ignoreCase: false })),
        docs.map(({ key }) => lastOid([segment], key)),
        [...segment.keysEnding('1')].sort(),
      ];
      const whole = answers(Segment.of(bytes));
      const bit = at % (8 * bytes.length);
      bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7));
      try {
        expect(answers(Segment.of(bytes))).toEqual(whole);
      } catch (cause) {
        if (!(cause instanceof DamagedIndex)) throw cause;
      }
    }),
    { numRuns: 2_000 },
  );
});

test('torn bytes are said to be so, and never read as something else', () => {
  const bytes = buildSegment([{ key: 'messages/a', oid: '1'.repeat(40), atMs: 5, texts: ['port'], marks: [] }]);
  for (let length = 0; length < bytes.length; length += 8) {
    expect(() => Segment.of(bytes.subarray(0, length))).toThrow(/segment/);
  }
});
