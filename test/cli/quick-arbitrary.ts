/** States that agents may have brought about, and forms in which the two quick questions may be asked. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

/** What the questions name, beside the files of every scratch repository: a name with brackets, and links. */
export function standing(dir: string): void {
  for (const folder of ['elsewhere', 'repo/src/[id]']) mkdirSync(join(dir, folder), { recursive: true });
  writeFileSync(join(dir, 'repo/src/[id]/page.tsx'), '');
  symlinkSync('src', join(dir, 'repo/lnk'));
  symlinkSync('src/auth.ts', join(dir, 'repo/alias.ts'));
}

/** Something that happens. `git` is plain git, by whoever; the rest is a command of an agent. */
export type Event =
  | { readonly kind: 'intercom'; readonly agent: string; readonly argv: readonly string[] }
  | { readonly kind: 'pass'; readonly seconds: number }
  | { readonly kind: 'damage'; readonly how: Damage };

export type Damage = 'no projection' | 'no stamp' | 'half a stamp' | 'old stamp' | 'commit by hand' | 'packed refs';

export interface Question {
  readonly argv: readonly string[];
  /** INTERCOM_AGENT; the person where there is none. */
  readonly agent: string | undefined;
  readonly place: Place;
}

export const places = ['repo', 'repo/src', 'repo/src/api', 'linked', 'linked/src', 'elsewhere', 'repo/.git'] as const;
export type Place = (typeof places)[number];

/** The person has the name that git knows her by. */
const agents = ['ada', 'bold-fox', 'grace-hopper'];
const agent = fc.constantFrom(...agents);

const pattern = fc.constantFrom(
  'src/auth.ts',
  'src/cart.ts',
  'src',
  'src/',
  'src/*.ts',
  '**/*.md',
  '**',
  '*',
  '{src,docs}/**',
  'src/[id]/page.tsx',
  'src/api/[a-u]*.ts',
  'SRC/Auth.ts',
  'docs/with space.md',
  'ünï/cödé.ts',
  '.github/ci.yml',
  'port:5432',
  './port:5432',
);

const words = fc.constantFrom('plain', 'two words', 'tab\tand\nline', 'quote " and \\', '→ ünï 🦊', '  padded  ', '-');
const optional = (...argv: string[]) => fc.constantFrom<string[]>([], argv);
const joined = (...parts: fc.Arbitrary<readonly string[]>[]) => fc.tuple(...parts).map((each) => each.flat());

const claim = joined(
  fc.constant(['claim']),
  fc.uniqueArray(pattern, { minLength: 1, maxLength: 2 }),
  optional('--shared'),
  fc.constantFrom([], ['--for', '1m'], ['--for', '2h']),
  fc.option(words, { nil: '' }).map((why) => (why === '' ? [] : [`--why=${why}`])),
  optional('--wait', '0s'),
);

const send = joined(
  fc.constant(['send']),
  fc.oneof(fc.constant(['all']), fc.uniqueArray(agent, { minLength: 1, maxLength: 2 })),
  words.filter((text) => text !== '-').map((text) => [text]),
  fc.constantFrom([], ['--importance', 'urgent'], ['--importance', 'low']),
  fc.constantFrom([], ['--expires', '1m'], ['--expires', '2h']),
  optional('--subject', 'About, "that"'),
  optional('--attach', 'src/auth.ts:1-2'),
  fc.constantFrom([], ['--ack'], ['--kind', 'progress'], ['--thread', 'plan']),
);

const act = fc.oneof(
  { weight: 4, arbitrary: claim },
  { weight: 4, arbitrary: send },
  fc.constantFrom<string[]>(
    ['release', '--all'],
    ['status', '--name', 'calm-owl'],
    ['status', '--name', 'bold-fox'],
    ['release', 'src/auth.ts', '--force', '--why=late'],
    ['renew'],
    ['handoff', 'ada'],
    ['ack', '--all'],
    ['reply', 'to the only one'],
    ['escalate', 'may I?', '--why', 'no backup'],
    ['ack', '--all', '--done'],
    ['status', '--visibility', 'hidden'],
    ['status', '--visibility', 'ghost'],
    ['status', '--visibility', 'visible'],
    ['ask', 'ada', 'which\tport?', '--wait', '0s', '--for', '1m'],
    ['ask', 'bold-fox', 'which port?', '--wait', '0s', '--decision'],
    ['peek', '--limit', '1'],
    ['status', 'here'],
    ['gc'],
  ),
);

export const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('intercom' as const), agent, argv: act }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.constantFrom(1, 59, 61, 3600) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('damage' as const),
      how: fc.constantFrom<Damage>(
        'no projection',
        'no stamp',
        'half a stamp',
        'old stamp',
        'commit by hand',
        'packed refs',
      ),
    }),
  },
);

const plainPath = fc.constantFrom('src/auth.ts', 'src/cart.ts', 'docs/guide.md', 'src/api/users.ts', 'README.md');
const path = fc.constantFrom(
  'auth.ts',
  './cart.ts',
  '../src/cart.ts',
  'src/[id]/page.tsx',
  'lnk/auth.ts',
  'alias.ts',
  'src/*.ts',
  'src/Auth.ts',
  'docs/with space.md',
  'ünï/cödé.ts',
  'u\u0308ni\u0308/co\u0308de\u0301.ts',
  '.github/ci.yml',
  'port:5432',
  './port:5432',
  'src',
  'src/',
  'docs',
  'src/api',
  'new/',
  '.',
  '..',
  '../../..',
  '',
  '/etc/passwd',
  '{here}/src/auth.ts',
  'https://example.org/a',
  'tab\there.ts',
);

/** Mostly plain, so that most questions are answered quickly; and what makes them doubtful. */
const options = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom<string[]>([], ['--json']) },
  { weight: 3, arbitrary: agent.map((name) => ['--agent', name]) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<string[]>(
      ['--'],
      ['--agent', 'nobody-known'],
      ['--agent', 'no name'],
      ['--agent', 'all'],
      ['--agent', ''],
      ['--agent=ada'],
      ['--agent'],
      ['-C', '.'],
      ['-C', '..'],
      ['-C', 'src'],
      ['-C', '{here}'],
      ['-C', 'missing'],
      ['-C'],
      ['--offline'],
      ['--wat'],
      ['--json=yes'],
      ['--help'],
      ['-h'],
      ['--limit', '1'],
      ['--urgent'],
    ),
  },
);

const limits = ['1', '2', '1000', '0', '1001', 'x', '1e1', ' 2', '2.0', '0x2', ''];
const peekOptions = fc.oneof(
  { weight: 3, arbitrary: options },
  { weight: 1, arbitrary: fc.constantFrom(...limits).map((limit) => ['--limit', limit]) },
  { weight: 2, arbitrary: fc.constantFrom<string[]>(['--no-mark'], ['--urgent'], ['--limit', '1']) },
  { weight: 1, arbitrary: fc.constantFrom<string[]>(['--all'], ['--from', 'ada'], ['--thread', 'plan'], ['word']) },
);

const checkEdit = joined(
  options,
  fc.constant(['check-edit']),
  fc.array(plainPath, { maxLength: 2 }),
  options,
  fc.array(fc.oneof(path, plainPath), { maxLength: 1 }),
);
const peek = joined(options, fc.constant(['peek']), peekOptions, peekOptions);

export const question: fc.Arbitrary<Question> = fc.record({
  argv: fc.oneof(checkEdit, peek),
  agent: fc.oneof({ weight: 6, arbitrary: agent }, fc.constantFrom(undefined, '', 'nobody-known', 'no name')),
  place: fc.oneof({ weight: 6, arbitrary: fc.constant<Place>('repo') }, fc.constantFrom(...places)),
});
