/** Every command of the table is shown in a scene and has its page; every option that the contract names is there. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { table as commands } from '../../scripts/generate/table.ts';
import { widthOf } from '../../src/cli/columns.ts';
import { overview, page } from '../../src/cli/help.ts';
import { paintFor } from '../../src/cli/terminal.ts';
import { globalOptions } from '../../src/cli/words.ts';
import { root } from '../tooling/sources.ts';
import { commandsIn } from './transcript.ts';

const folder = `${root}test/cli/transcripts/`;
const typed = readdirSync(folder).flatMap((file) => commandsIn(readFileSync(folder + file, 'utf8')));

/** They go on until they are interrupted; live.test.ts, test/mcp and test/web play them. */
const live = ['start', 'watch', 'ui', 'mcp'];
/** Typed behind a pipe: its input is what it is about. */
const piped = ['hook'];
const played = commands.map(({ name }) => name).filter((name) => !live.includes(name) && !piped.includes(name));

test.each(played)('%s is played, and its page is shown', (name) => {
  expect(typed.some((line) => line.startsWith(`git intercom ${name}`) && !line.endsWith(' -h'))).toBe(true);
  expect(typed.some((line) => line === `git intercom help ${name}` || line === `git intercom ${name} -h`)).toBe(true);
});

test('the overview and the version are shown', () => {
  expect(typed).toEqual(expect.arrayContaining(['git intercom', 'git intercom --version']));
});

/** Of CONTRACT.md. A row is here when its command is. */
const contract: Readonly<Record<string, string>> = {
  init: 'remote no-remote hub harness git-hooks no-git-hooks dry-run yes',
  remove: 'dry-run yes',
  doctor: 'fix',
  who: 'scope all',
  status: 'state visibility describe name tags',
  claim: 'shared for why wait dry-run key',
  claims: 'path agent stale',
  renew: '',
  release: 'all force why',
  handoff: '',
  'check-edit': '',
  send: 'subject thread importance ack attach supersedes expires key kind',
  peek: 'limit from thread urgent all',
  ack: 'all done',
  reply: 'to done',
  ask: 'wait decision interview id cancel',
  pending: '',
  escalate: 'why',
  escalations: '',
  thread: '',
  search: 'since',
  spec: 'base why',
  receipts: '',
  log: 'path agent kind since limit follow',
  mcp: 'http port toolset read-only',
  ui: 'port open',
  gc: '',
};

test('every option of the contract is understood', () => {
  const global = ['agent', 'json', 'offline', 'directory'];
  const absent = Object.entries(contract).flatMap(([name, options]) => {
    const command = commands.find((each) => each.name === name);
    const known = new Set([...global, ...(command?.options ?? []).map((option) => option.name)]);
    return options.split(' ').flatMap((option) => (option === '' || known.has(option) ? [] : [`${name} --${option}`]));
  });
  expect(absent).toEqual([]);
});

/** Another spelling, what is so anyway, and what the command says to itself in the background. */
const unnamed = ['claims --of', 'log --of', 'sync --once', 'sync --background', 'gc --pack-only'];

test('help names every option that somebody may want to type', () => {
  const hidden = commands.flatMap(({ name, options }) =>
    options.filter((option) => option.hidden).map((option) => `${name} --${option.name}`),
  );
  expect(hidden.sort()).toEqual(unnamed.toSorted());
});

test('what help says of options, and what a command looks at, is in the table', () => {
  const known = new Set([...globalOptions, ...commands.flatMap(({ options }) => options)].map(({ name }) => name));
  const said = commands.flatMap(({ name, synopsis, summary, notes = [], options }) =>
    [synopsis, summary, ...notes, ...options.map((option) => option.summary)].flatMap((text) =>
      [...text.replace(/\b(?:git (?!intercom)|age )[^.;]*/g, '').matchAll(/--([a-z]+(?:-[a-z]+)*)/g)].map(
        ([, option]) => `${name}: ${option}`,
      ),
    ),
  );
  expect(said.filter((each) => !known.has(each.split(': ')[1] as string))).toEqual([]);
  const files = readdirSync(`${root}src/cli/commands`).map((file) =>
    readFileSync(`${root}src/cli/commands/${file}`, 'utf8'),
  );
  const asked = files.flatMap((text) => [
    ...text.matchAll(/\bwords\.(?:text|texts|wholeTexts|flag|duration|number)\('([a-z-]+)'\)/g),
  ]);
  expect(asked.length).toBeGreaterThan(50);
  expect(asked.map(([, option]) => option).filter((option) => !known.has(option as string))).toEqual([]);
});

test.each([44, 60, 80, 100, 160])('help fits into a window of %i columns', (columns) => {
  const terminal = { paint: paintFor(false, {}), columns };
  const texts = [overview(commands, terminal), ...commands.map((command) => page(command, terminal))];
  const wide = texts.flatMap((text) => text.split('\n')).filter((line) => widthOf(line) > columns);
  expect(wide).toEqual([]);
  expect(texts.join('\n')).not.toContain('…  ');
});

test.each([
  { wanted: true, isTerminal: true, env: { TERM: 'xterm' } },
  { wanted: true, isTerminal: false, env: { FORCE_COLOR: '1' } },
  { wanted: true, isTerminal: true, env: { NO_COLOR: '' } },
  { wanted: false, isTerminal: true, env: { NO_COLOR: '1' } },
  { wanted: false, isTerminal: true, env: { TERM: 'dumb' } },
  { wanted: false, isTerminal: true, env: { FORCE_COLOR: '0' } },
  { wanted: false, isTerminal: true, env: { FORCE_COLOR: 'false' } },
  { wanted: false, isTerminal: false, env: {} },
])('colours: $wanted on a terminal ($isTerminal) with $env', ({ wanted, isTerminal, env }) => {
  expect(paintFor(isTerminal, env)('red', 'text').includes('\u001b[31m')).toBe(wanted);
});
