/** What can be completed where, from the table of words: the same for every shell. */
import type { Entry } from '../command.ts';
import { globalOptions, type Option, optionsBehind } from '../words.ts';

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  /** Its own; those of every command are `globalFlags`. */
  readonly options: readonly CompletedOption[];
  /** All that may stand behind its name. */
  readonly optionsBehind: readonly CompletedOption[];
  /** What the words after the name are. */
  readonly takes: Completed;
}

export interface CompletedOption {
  /** With the dashes: `-f`, `--follow`. */
  readonly flags: readonly string[];
  readonly summary: string;
  readonly many: boolean;
  /** Undefined for a switch. An optional value is only taken when it is typed. */
  readonly value?: { readonly name: string; readonly optional: boolean; readonly takes: Completed };
}

/** Files and folders are completed by the shell; `text` by nobody. */
export type Completed = 'files' | 'folders' | 'text' | readonly string[];

export function wordsToComplete(table: readonly Entry[]): CompletedCommand[] {
  const commands = table.map((entry) => ({
    name: entry.name,
    summary: entry.summary,
    options: shown(entry.options),
    optionsBehind: shown(optionsBehind(entry.options)),
    takes: entry.choices ?? takenBy(entry),
  }));
  const names = commands.map(({ name }) => name);
  const help = { name: 'help', summary: 'show how a command is used', options: [], optionsBehind: globalFlags() };
  return [...commands, { ...help, takes: names }];
}

export function globalFlags(): CompletedOption[] {
  return shown(globalOptions);
}

/** The flags of all options that swallow the next word, wherever they stand. */
export function flagsWithValue(options: readonly CompletedOption[]): string[] {
  return options.flatMap(({ flags, value }) => (value === undefined || value.optional ? [] : flags));
}

function takenBy({ synopsis }: Entry): Completed {
  if (synopsis.includes('repository')) return 'folders';
  return synopsis.includes('path') ? 'files' : 'text';
}

function shown(options: readonly Option[]): CompletedOption[] {
  return options
    .filter(({ hidden }) => !hidden)
    .map((option) => ({
      flags: flagsOf(option),
      summary: option.summary,
      many: option.many === true,
      ...(option.value !== undefined && {
        value: { name: option.value, optional: option.optional === true, takes: completedValue(option) },
      }),
    }));
}

/** `--directory` is understood, and `-C` is the name that git taught everybody. */
function flagsOf({ name, short }: Option): string[] {
  return [...(short === undefined ? [] : [`-${short}`]), ...(name === 'directory' ? [] : [`--${name}`])];
}

function completedValue({ value, choices }: Option): Completed {
  if (choices !== undefined) return choices;
  if (value === 'DIR') return 'folders';
  return value === 'P' || value?.startsWith('FILE') ? 'files' : 'text';
}
