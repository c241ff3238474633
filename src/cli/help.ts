/** Help, from the table of words: the overview, a command's page, and the manual page. */
import { nearest } from '../domain/agent/name.ts';
import type { Entry } from './command.ts';
import { aligned, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { globalOptions, type Option } from './words.ts';

const groups = ['Claims', 'Messages', 'People and agents', 'History and checks', 'Set-up'] as const;

export function overview(commands: readonly Entry[], { paint, columns }: Pick<Terminal, 'paint' | 'columns'>): string {
  const sections = groups.flatMap((group) => {
    const own = commands.filter((command) => command.group === group);
    if (own.length === 0) return [];
    const rows = own.map(({ name, synopsis, summary }) => [`  ${name} ${synopsis}`.trimEnd(), summary]);
    return [paint('bold', group), ...aligned(padded(rows, 36), columns), ''];
  });
  return [
    'git intercom: who edits what, and what they say to each other, on a branch of the repository.',
    '',
    ...sections,
    'Every command takes --json, --agent NAME and -C DIR; git intercom help <command> tells the rest.',
  ].join('\n');
}

export function page(command: Entry, { paint, columns }: Pick<Terminal, 'paint' | 'columns'>): string {
  const rows = [...command.options, ...globalOptions]
    .filter(({ hidden }) => !hidden)
    .map((option) => [`  ${flagOf(option)}`, option.summary]);
  const usage = ['git intercom', command.name, command.synopsis, command.options.length > 0 ? '[options]' : ''];
  return [
    `${paint('bold', usage.filter((part) => part !== '').join(' '))}`,
    `  ${command.summary}`,
    '',
    ...aligned(padded(rows, 26), columns),
    ...(command.notes ?? []).flatMap((note) => ['', note]),
  ].join('\n');
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

function padded(rows: readonly (readonly string[])[], width: number): string[][] {
  return rows.map(([first = '', ...rest]) => [first.padEnd(width), ...rest]);
}
