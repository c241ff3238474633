/** The command about specs: its first word says what is done. */
import { splitReference } from '../../domain/spec/name.ts';
import type { Answer } from '../../operations/answer.ts';
import { diffSpec } from '../../operations/spec-diff.ts';
import { specVersionsOf } from '../../operations/spec-history.ts';
import { specs } from '../../operations/spec-list.ts';
import { publishSpec } from '../../operations/spec-publish.ts';
import { readSpec } from '../../operations/spec-read.ts';
import { type Calling, defineCommand } from '../command.ts';
import { renderSpec, type SpecAnswer } from '../render/specs.ts';
import { UsageError } from '../usage-error.ts';
import { whyUnreadable } from '../why-unreadable.ts';
import { allowSecret, type Words } from '../words.ts';

const ways = {
  publish: {
    run: publish,
    synopsis: 'publish <name> [file|-]',
    wants: 'a name, and a file or -',
    options: ['base', 'why', 'allow-secret'],
  },
  show: { run: show, synopsis: 'show <name>[@n]', wants: 'one name', options: ['raw'] },
  list: { run: list, synopsis: 'list', wants: 'nothing more', options: [] },
  versions: { run: versions, synopsis: 'versions <name>', wants: 'one name', options: [] },
  diff: { run: diff, synopsis: 'diff <name> [a] [b]', wants: 'a name, and two versions at most', options: [] },
} as const;
type Way = keyof typeof ways;

const specCommand = defineCommand<SpecAnswer>({
  name: 'spec',
  synopsis: '[what] [name] [file|-]',
  summary: 'specs: publish, show, list, versions, diff',
  group: 'Messages',
  options: [
    {
      name: 'base',
      value: 'N',
      summary: 'publish: only where version N is still the newest; 0: only where there is none',
    },
    { name: 'why', value: 'TEXT', summary: 'publish: why it changes' },
    allowSecret,
    { name: 'raw', summary: 'show: the text alone, for a file or a pipe' },
  ],
  notes: [
    `${Object.values(ways)
      .map(({ synopsis }) => `spec ${synopsis}`)
      .join(', ')}.`,
    'Each publish is the next version; the same text again is none. Without a file the text is read from stdin.',
    'A version is named as in api@3. git intercom subscribe spec:api: be told when api changes. Who has read which version others see once the reader does something that is recorded.',
  ],
  choices: Object.keys(ways),
  run: (words, calling) => {
    const [typed = 'list', ...rest] = words.positionals;
    if (!isWay(typed)) {
      const next = `It is one of ${Object.keys(ways).join(', ')}: git intercom help spec.`;
      throw new UsageError(`There is no spec ${JSON.stringify(typed)}.`, next);
    }
    const { options, run } = ways[typed];
    for (const option of ['base', 'why', 'raw']) {
      if (words.flag(option) && !(options as readonly string[]).includes(option)) {
        throw new UsageError(`spec ${typed} has no option --${option}.`, 'Run git intercom help spec.');
      }
    }
    return run(rest, words, calling);
  },
  render: (result, telling, words) => renderSpec(result, telling, words.flag('raw')),
});

function isWay(typed: string): typed is Way {
  return Object.hasOwn(ways, typed);
}

function publish(rest: readonly string[], words: Words, calling: Calling): Promise<Answer<SpecAnswer>> {
  const [name, file, ...more] = rest;
  const { terminal, session } = calling;
  if (name === undefined || more.length > 0 || (file === undefined && terminal.isInteractive)) throw usage('publish');
  return publishSpec.run(
    { name, text: textOf(file ?? '-', calling), base: baseOf(words.text('base')), why: words.text('why') },
    session,
  );
}

function show(rest: readonly string[], _words: Words, { session }: Calling): Promise<Answer<SpecAnswer>> {
  const [typed, ...more] = rest;
  if (typed === undefined || more.length > 0) throw usage('show');
  return readSpec.run(splitReference(typed), session);
}

function list(rest: readonly string[], _words: Words, { session }: Calling): Promise<Answer<SpecAnswer>> {
  if (rest.length > 0) throw usage('list');
  return specs.run({}, session);
}

function versions(rest: readonly string[], _words: Words, { session }: Calling): Promise<Answer<SpecAnswer>> {
  const [name, ...more] = rest;
  if (name === undefined || more.length > 0) throw usage('versions');
  return specVersionsOf.run({ name }, session);
}

/** `diff api@3` is `diff api 3`, and `diff api 3 5` may be typed `diff api@3 api@5`. */
function diff(rest: readonly string[], _words: Words, { session }: Calling): Promise<Answer<SpecAnswer>> {
  const [typed, ...versions] = rest;
  if (typed === undefined) throw usage('diff');
  const { name, version } = splitReference(typed);
  const [from, to, ...more] = [
    ...(version === undefined ? [] : [version]),
    ...versions.map((each) => versionOf(each, name)),
  ];
  if (more.length > 0) throw usage('diff');
  return diffSpec.run({ name, from, to }, session);
}

function versionOf(typed: string, name: string): number {
  const digits = typed.startsWith(`${name}@`) ? typed.slice(name.length + 1) : typed;
  if (/^[1-9]\d{0,8}$/.test(digits)) return Number(digits);
  throw new UsageError(`${JSON.stringify(typed)} is no version: they are numbers from 1 on.`, usage('diff').next);
}

function baseOf(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  if (/^\d{1,9}$/.test(typed)) return Number(typed);
  throw new UsageError(
    `--base wants the number of a version, or 0, and not ${JSON.stringify(typed)}.`,
    usage('publish').next,
  );
}

function textOf(file: string, { readStdin, readFile }: Calling): string {
  const next = 'Name a file of text, or - for the text on stdin.';
  const text = file === '-' ? readStdin() : readOr(readFile, file, next);
  if (text.includes('\0')) throw new UsageError(`${file} cannot be published: it is not text.`, next);
  return text;
}

function readOr(readFile: Calling['readFile'], file: string, next: string): string {
  try {
    return readFile(file);
  } catch (cause) {
    throw new UsageError(`${file} cannot be published: ${whyUnreadable(cause)}.`, next);
  }
}

function usage(way: Way): UsageError {
  return new UsageError(`spec ${way} wants ${ways[way].wants}.`, `Run git intercom spec ${ways[way].synopsis}.`);
}

export const specCommands = [specCommand];
