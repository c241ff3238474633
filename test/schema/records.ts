/** Records of every kind as the command may write them, and as a person may spoil them. */
import fc from 'fast-check';
import type { LiveRecord } from '../../src/domain/record/record.ts';
import { record as anyMap } from '../store/codec/model.ts';

type Kind = LiveRecord['kind'];
type Of<K extends Kind> = Extract<LiveRecord, { kind: K }>;

/** Short ones, those that are as long as they may be, and those whose characters take two units each. */
const text = (charsMax: number) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: Math.min(charsMax, 12) }) },
    { weight: 1, arbitrary: fc.constantFrom('a', 'é', '\u{1f600}', '\ud800').map((char) => char.repeat(charsMax)) },
  );
const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/);
const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const instant = fc
  .tuple(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), fc.boolean())
  .map(([date, whole]) => (whole ? date.toISOString().replace(/\.\d+/, '') : date.toISOString()));
const recipient = fc.stringMatching(/^age1[02-9ac-hj-np-z]{58}$/);
const sealed = fc
  .base64String({ minLength: 4, maxLength: 200 })
  .map((text) => `-----BEGIN AGE ENCRYPTED FILE-----\n${text}\n-----END AGE ENCRYPTED FILE-----`);
const seconds = fc.integer({ min: 1, max: 31_536_000 });
const number = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const few = <T>(arbitrary: fc.Arbitrary<T>, min = 0) => fc.array(arbitrary, { minLength: min, maxLength: 3 });

const envelope = <K extends Kind>(kind: K) => ({
  v: fc.constant(1 as const),
  id,
  kind: fc.constant(kind),
  agent: name,
  at: instant,
});

const wanted = {
  uid: id,
  paths: few(
    text(1024).filter((path) => path !== ''),
    1,
  ),
  files: fc.option(few(text(64)), { nil: undefined }),
  mode: fc.constantFrom('exclusive' as const, 'shared' as const),
};

const place = {
  why: text(500),
  branch: text(1024),
  worktree: text(4096),
  host: text(255),
};

const mark = fc.record({ agent: name, at: instant });

/** Fields that may be absent are, half of the time. */
function sometimes<T>(fields: { readonly [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
  return fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

function joined<A, B>(a: fc.Arbitrary<A>, b: fc.Arbitrary<B>): fc.Arbitrary<A & B> {
  return fc.tuple(a, b).map(([first, second]) => ({ ...first, ...second }));
}

const processEvidence = fc.record({
  pid: number,
  startTime: orNull(text(64)),
  bootId: orNull(text(64)),
  pidNamespace: orNull(text(64)),
  host: text(255),
});

export const recordsByKind: { readonly [K in Kind]: fc.Arbitrary<Of<K>> } = {
  agent: joined(
    fc.record({
      ...envelope('agent'),
      uid: id,
      state: fc.constantFrom('active' as const, 'idle' as const, 'busy' as const, 'blocked' as const),
      lastSeen: instant,
    }),
    sometimes({
      activity: text(500),
      description: text(1000),
      tags: few(text(64)),
      visibility: fc.constantFrom('visible' as const, 'hidden' as const, 'ghost' as const),
      sealTo: recipient,
      repository: text(255),
      cwd: text(4096),
      branch: text(1024),
      worktree: text(4096),
      harness: text(64),
      model: text(128),
      host: text(255),
      parent: id,
      reads: few(fc.record({ spec: id, version: number, at: instant })),
      process: processEvidence,
      left: instant,
    }),
  ),
  claim: joined(
    fc.record({
      ...envelope('claim'),
      ...wanted,
      since: instant,
      expires: instant,
      leaseSeconds: seconds,
      token: orNull(fc.stringMatching(/^\d{1,9}\.\d{1,9}$/)),
    }),
    sometimes({ ...place, auto: fc.boolean(), offeredUntil: instant }),
  ),
  waiting: joined(
    fc.record({ ...envelope('waiting'), ...wanted, ticket: number, expires: instant, leaseSeconds: seconds }),
    sometimes(place),
  ),
  landing: joined(
    fc.record({
      ...envelope('landing'),
      uid: id,
      paths: wanted.paths,
      branch: text(1024),
      tip: fc.stringMatching(/^[0-9a-f]{40}$/),
      commits: number,
      since: instant,
    }),
    sometimes({ files: wanted.files, why: text(500), worktree: text(4096), host: text(255) }),
  ),
  message: joined(
    fc.record({
      ...envelope('message'),
      uid: id,
      to: few(name),
      audience: fc.constantFrom('named' as const, 'all' as const, 'room' as const),
      thread: id,
      purpose: fc.constantFrom('message' as const, 'notice' as const, 'progress' as const),
      importance: fc.constantFrom('low' as const, 'normal' as const, 'high' as const, 'urgent' as const),
      ackWanted: fc.boolean(),
      text: fc.oneof(text(100), fc.constant('x'.repeat(65_536))),
    }),
    sometimes({
      subject: text(200),
      room: name,
      replyTo: id,
      supersedes: id,
      expires: instant,
      sealed: joined(fc.record({ text: sealed }), sometimes({ epoch: id, key: id })),
      ask: joined(
        fc.record({ until: instant, host: text(255) }),
        sometimes({ decision: fc.boolean(), answer: id, cancelled: instant }),
      ),
      attachments: few(
        joined(fc.record({ path: text(4096) }), sometimes({ from: number, to: number, text: text(50) })),
      ),
    }),
  ),
  receipt: joined(
    fc.record({ ...envelope('receipt'), thread: id, delivered: few(mark), acknowledged: few(mark) }),
    sometimes({ completed: few(mark), expired: few(mark) }),
  ),
  key: fc.record({
    ...envelope('key'),
    uid: id,
    key: text(200),
    op: text(32),
    fingerprint: text(64),
    expires: instant,
    result: anyMap,
  }),
  fence: fc.record({
    ...envelope('fence'),
    id: fc.constant('fence'),
    epoch: number,
    counter: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  }),
  subscription: fc.record({
    ...envelope('subscription'),
    uid: wanted.uid,
    paths: wanted.paths,
    files: wanted.files,
  }),
  spec: joined(
    fc.record({
      ...envelope('spec'),
      uid: id,
      version: number,
      text: fc.oneof(text(100), fc.constant('x'.repeat(98_304))),
    }),
    sometimes({ why: text(500) }),
  ),
  room: joined(
    fc.record({
      ...envelope('room'),
      uid: id,
      visibility: fc.constantFrom('public' as const, 'private' as const),
      version: number,
      members: few(fc.record({ agent: name, uid: id, since: instant })),
    }),
    sometimes({
      topic: text(500),
      sealed,
      epoch: id,
      invited: few(fc.record({ agent: name, uid: id, by: name, at: instant })),
    }),
  ),
  roomkey: fc.record({ ...envelope('roomkey'), uid: id, room: name, epoch: id, key: id, to: recipient, sealed }),
};

/** What a later version may have added. */
export const unknownFields = fc
  .array(fc.tuple(fc.stringMatching(/^x[A-Z][a-z]{0,6}$/), anyMap), { maxLength: 2 })
  .map((entries) => Object.fromEntries(entries));

export function logicalPathOf(record: LiveRecord): string {
  const folders = { agent: 'agents', claim: 'claims', waiting: 'waiting', message: 'messages', spec: 'specs' } as const;
  if (record.kind === 'fence') return 'fence';
  if (record.kind === 'agent' || record.kind === 'subscription') return `${record.kind}s/${record.agent}`;
  if (record.kind === 'receipt' || record.kind === 'key') return `${record.kind}s/${record.id}`;
  if (record.kind === 'room') return `rooms/${record.id}`;
  if (record.kind === 'landing') return `landing/${record.id}`;
  if (record.kind === 'roomkey') return `roomkeys/${record.epoch}/${record.id}`;
  return `${folders[record.kind]}/${record.id}`;
}

const strays: readonly unknown[] = [
  ...[null, true, false, 0, 1, -1, 2, 1.5, 31_536_000, 31_536_001, 2 ** 53 - 1, 2 ** 53, 1e300],
  ...['', 'x', 'a b', '-a', 'a\n', 'claim', 'exclusive', 'busy', 'urgent', '1.1', '1.', '1.1.1', '٣.٣'],
  ...[
    '2026-11-21T08:00:00Z',
    '2026-11-21T08:00:00.123Z',
    '2026-11-21T08:00:00.1234Z',
    '2026-11-21',
    '2026-11-21T08:00:00+01:00',
  ],
  ...[64, 65, 128, 129, 200, 201, 500, 501, 1024, 1025, 65_536, 65_537].flatMap((length) => [
    'a'.repeat(length),
    '\u{1f600}'.repeat(length),
  ]),
  ...[[], {}, [null], ['a'], [''], [{}], [{ agent: 'a', at: '2026-11-21T08:00:00Z' }], [{ path: 'a', from: 0 }]],
  ...[20, 21, 100, 101].map((length) => Array.from({ length }, () => 'a')),
];

/** The value with each place in turn taken away, replaced by each stray, and joined by one. */
export function* spoilt(value: object): Generator<object> {
  const places = placesIn(value).length;
  for (let at = 0; at < places; at++) {
    const changed = (change: (place: Place) => void): object => {
      const copy = structuredClone(value);
      change(placesIn(copy)[at] as Place);
      return copy;
    };
    yield changed(({ owner, key }) => (Array.isArray(owner) ? owner.splice(Number(key), 1) : delete owner[key]));
    yield changed(({ owner }) => Object.assign(owner, { stray: null }));
    for (const stray of strays) yield changed(({ owner, key }) => Object.assign(owner, { [key]: stray }));
  }
}

interface Place {
  readonly owner: Record<string, unknown> | unknown[];
  readonly key: string;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [{ owner: value as Place['owner'], key }, ...placesIn(inner)]);
}
