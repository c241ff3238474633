/** Help, from the table of words: the overview, a command's page, and the manual page. */
import { nearest } from '../domain/agent/name.ts';
import type { Command } from './command.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { globalOptions, type Option } from './words.ts';

const groups = ['Claims', 'Messages', 'People and agents', 'History and checks', 'Set-up'] as const;

export function overview(
  commands: readonly Command[],
  { paint, columns }: Pick<Terminal, 'paint' | 'columns'>,
): string {
  const sections = groups.flatMap((group) => {
    const own = commands.filter((command) => command.group === group);
    if (own.length === 0) return [];
    const rows = own.map(({ name, synopsis, summary }): Row => [`${name} ${synopsis}`.trimEnd(), summary]);
    return [paint('bold', group), ...twoColumns(rows, 32, columns), ''];
  });
  return [
    ...filled('git intercom: who edits what, and what they say to each other, on a branch of the repository.', columns),
    '',
    ...sections,
    ...filled(
      'Every command takes --json, --agent NAME and -C DIR. Exit codes: 0 done, 1 refused, 2 wrong usage, 3 the world failed, 4 a wait ran out.',
      columns,
    ),
    ...filled('git intercom help <command> tells the rest, git intercom --version the version.', columns),
  ].join('\n');
}

export function page(command: Command, { paint, columns }: Pick<Terminal, 'paint' | 'columns'>): string {
  const rowsOf = (options: readonly Option[]) =>
    options.filter(({ hidden }) => !hidden).map((option): Row => [flagOf(option), option.summary]);
  const own = rowsOf(command.options);
  const usage = ['git intercom', command.name, command.synopsis, own.length > 0 ? '[options]' : ''];
  return [
    ...filled(usage.filter((part) => part !== '').join(' '), columns).map((line) => paint('bold', line)),
    ...filled(command.summary, columns - 2).map((line) => `  ${line}`),
    '',
    ...(own.length > 0 ? [...twoColumns(own, 20, columns), ''] : []),
    ...twoColumns(rowsOf(globalOptions), 20, columns),
    ...(command.notes ?? []).flatMap((note) => ['', ...note.split('\n').flatMap((line) => filled(line, columns))]),
  ].join('\n');
}

/** The same for programs. */
export function describe({ name, synopsis, summary, group, options, notes = [] }: Command) {
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

export function findCommand(commands: readonly Command[], name: string): Command {
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

type Row = readonly [string, string];

/** Lines longer than this are hard to read, however wide the window is. */
const columnsMax = 100;

/** What is too long for the first column stands on a line of its own; the second is filled beside it. */
function twoColumns(rows: readonly Row[], width: number, columns: number): string[] {
  const indent = ' '.repeat(width + 4);
  const room = Math.max(20, Math.min(columns, columnsMax) - indent.length);
  return rows.flatMap(([left, right]) => {
    const [first = '', ...rest] = filled(right, room);
    const fits = left.length <= width;
    const lines = fits
      ? [`  ${left.padEnd(width)}  ${first}`, ...rest.map((line) => indent + line)]
      : [`  ${left}`, ...[first, ...rest].map((line) => indent + line)];
    return lines.map((line) => line.trimEnd());
  });
}

/** Broken at spaces. A word that is longer than a line stays whole. */
function filled(text: string, columns: number): string[] {
  const room = Math.min(columns, columnsMax);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
