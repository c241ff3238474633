/** Data that records may hold, with the texts that readers of YAML take for something else. */
import fc from 'fast-check';

export const misread: readonly string[] = [
  ...'~ null Null y N yes No on OFF true False nan .nan .NaN .inf -.INF +.inf infinity e4 E-1 .e4 e+4'.split(' '),
  ...'0 -0 007 0o14 0x1F 0b11 1_000 12:30 1:2:3 12:30:45.6 1. .5 1e3 1.0e+3 +1 2026-01-01'.split(' '),
  ...'- -a ? : a: a:b a#b # = << ! !a !!x &a *a * | > |- % %YAML @ ` " "a" [ ] { } [] {} , ---'.split(' '),
  ...'_ _1 . .. ... ./a ../a .a ._ /a a,b src/** constructor prototype toString hasOwnProperty é 日本'.split(' '),
  ...["'", "''", '\\', '\\n', '2026-01-01T10:00:00Z', '2026-1-1 1:1:1', '1'.repeat(20), 'x'.repeat(300)],
  ...'§ §  § a§a §a  b§a\tb§- a§? a§: a§a: b§a #b§--- a§\t§\n§\n\n§\r§\r\n§a\rb§\0§\u001b[31m'.split('§'),
  ...'\x7f§\u0085§\xa0§\u2028§\u2029§\ufeff§\ufffe§\uffff§\ud800§\udfff§\ud83d\ude00§\u202e§\u2066'.split('§'),
  ...'a\n§a\n\n§a\nb§ a\nb§\na§\n a§a\n §a\n \n§ \na§\ta\nb§a\n\tb§a \nb§a\n\n\nb§a\n# b§a: b\nc: d'.split('§'),
  ...'- a\n- b§---\na§...\na§a\n---\n§\n\n a\n\n§  a\nb\n§a\n  b\n\n§%a\nb§\t\na§a\n\t§|\na§a\n\u0085§a\n\ud800'.split(
    '§',
  ),
  'word '.repeat(150),
];

/** How such a text stands in the name of a test. */
export const shown = (text: string): string =>
  JSON.stringify(text)
    .replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .slice(0, 40);

const word = fc.oneof(
  fc.constantFrom(...misread),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...' \n\t-:#|>"\'ab0.~,[]{}&*!?%@\\\r\u0085\u2028\ud800'), maxLength: 12 }),
  fc.array(fc.constantFrom(...misread), { maxLength: 4 }).map((parts) => parts.join('\n')),
  fc.string(),
);

/** -0 is written 0 and is not here. */
const number = fc
  .oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((value) => value + 0);

const key = fc
  .oneof(word, fc.constantFrom('id', 'agent', 'paths', 'why', 'leaseSeconds'))
  .filter((text) => text !== '__proto__' && text.length < 100);

export const record: fc.Arbitrary<Record<string, unknown>> = fc.letrec<{
  value: unknown;
  map: Record<string, unknown>;
}>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { weight: 6, arbitrary: word },
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('map'),
  ),
  map: fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
})).map;

export const claim = {
  v: 1,
  id: '20261121T080000Z-bold-fox-1',
  kind: 'claim',
  agent: 'bold-fox',
  at: '2026-11-21T08:00:00Z',
  paths: ['src/auth.ts', '**/*.test.ts', 'docs/[id].md'],
  mode: 'exclusive',
  why: 'split login',
  branch: 'no',
  expires: '2026-11-21T08:30:00Z',
  leaseSeconds: 1800,
  token: null,
};

export const message = {
  v: 1,
  id: 'm-1',
  kind: 'message',
  agent: 'bold-fox',
  to: [],
  subject: 'Auth: what is left',
  ackWanted: true,
  attachments: [{ path: 'src/auth.ts', from: 12, text: ' a\n b\n' }, { path: 'a b' }],
  extra: {},
  text: 'Two things:\n\n- tokens: done\n- logout # open\n',
};
