/** Help, from the table of words: the overview and a command's page. */
import { nearest } from '../domain/agent/name.ts';
import { widthOf } from './columns.ts';
import type { Entry } from './command.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { type Option, optionsBehind } from './words.ts';

export const groups = ['Claims', 'Messages', 'People and agents', 'History and checks', 'Set-up'] as const;

/** Below this there is no room for both; the page of a command has its synopsis. */
const columnsForSynopsisMin = 100;

/** Longer lines are hard to read, however wide the window is. */
const columnsMax = 100;

export function overview(commands: readonly Entry[], terminal: Pick<Terminal, 'paint' | 'columns'>): string {
  const { paint } = terminal;
  const columns = Math.min(terminal.columns, columnsMax);
  const sections = groups.flatMap((group) => {
    const own = commands.filter((command) => command.group === group);
    if (own.length === 0) return [];
    const isWide = columns >= columnsForSynopsisMin;
    const rows = own.map(({ name, synopsis, summary }): Row => [isWide ? `${name} ${synopsis}` : name, summary]);
    return [paint('bold', group), ...definitions(rows, isWide ? 34 : 12, columns), ''];
  });
  return [
    'git intercom: who edits what, and what they say to each other, on a branch of the repository.',
    '',
    ...sections,
    'Every command takes --json, --agent NAME and -C DIR.',
    'Exit codes: 0 done, 1 refused, 2 wrong usage, 3 the world failed, 4 a wait ran out.',
    'git intercom help <command> tells the rest, git intercom --version the version.',
  ]
    .flatMap((line) => wrapped(line, columns))
    .join('\n');
}

export function page(command: Entry, terminal: Pick<Terminal, 'paint' | 'columns'>): string {
  const { paint } = terminal;
  const columns = Math.min(terminal.columns, columnsMax);
  const rowsOf = (options: readonly Option[]) =>
    options.filter(({ hidden }) => !hidden).map((option): Row => [flagOf(option), option.summary]);
  const own = rowsOf(command.options);
  const global = rowsOf(optionsBehind(command.options).slice(command.options.length));
  const usage = ['git intercom', command.name, command.synopsis, own.length > 0 ? '[options]' : ''];
  return [
    ...wrapped(usage.filter((part) => part !== '').join(' '), columns).map((line) => paint('bold', line)),
    ...wrapped(`  ${command.summary}`, columns),
    '',
    ...(own.length > 0 ? [...definitions(own, 20, columns), ''] : []),
    ...definitions(global, 20, columns),
    ...(command.notes ?? []).flatMap((note) => ['', ...note.split('\n').flatMap((line) => wrapped(line, columns))]),
  ].join('\n');
}

/** The same for programs. */
export function described({ name, synopsis, summary, group, options, notes = [] }: Entry) {
  const shown = options.filter(({ hidden }) => !hidden);
  return {
    name,
    synopsis,
    summary,
    group,
    options: shown.map((option) => ({
      name: `--${option.name}`,
      value: option.value ?? null,
      summary: option.summary,
    })),
    notes,
  };
}

export function findCommand<Found extends Entry>(commands: readonly Found[], name: string): Found {
  const found = commands.find((command) => command.name === name);
  if (found !== undefined) return found;
  const near = nearest(
    name,
    commands.map((command) => command.name),
  );
  const hint = near.length > 0 ? ` Did you mean ${near[0]}?` : '';
  throw new UsageError(`There is no command ${name}.${hint}`, 'Run git intercom help to see them all.');
}

export function flagOf({ name, short, value, optional }: Option): string {
  const long = name === 'directory' ? '' : `--${name}`;
  const flag = short === undefined ? long : [`-${short}`, long].filter((part) => part !== '').join(', ');
  if (value === undefined) return flag;
  return optional ? `${flag} [${value}]` : `${flag} ${value}`;
}

type Row = readonly [term: string, meaning: string];

/** Terms in a column of this width or wider, with their meanings beside them; what is too long goes on below itself. */
function definitions(rows: readonly Row[], termColumns: number, columns: number): string[] {
  const width = Math.max(termColumns, ...rows.map(([term]) => widthOf(term)));
  return rows.flatMap(([term, meaning]) => {
    const head = `  ${term.trimEnd()}`;
    const start = head + ' '.repeat(width + 4 - widthOf(head));
    return wrapped(start + meaning, columns, width + 4);
  });
}

/** Broken between words; the lines after the first begin `indent` columns in, or where the first one does. */
function wrapped(line: string, columns: number, indent = line.length - line.trimStart().length): string[] {
  if (widthOf(line) <= columns) return [line.trimEnd()];
  const room = [...line].slice(0, columns + 1);
  const at = room.lastIndexOf(' ');
  if (at <= indent) return [line];
  const rest = [...line].slice(at + 1).join('');
  return [room.slice(0, at).join('').trimEnd(), ...wrapped(' '.repeat(indent) + rest, columns, indent)];
}
