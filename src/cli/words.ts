/** From the words of a command line to named values, by the table of a command. Errors say which word and what is wanted. */
import { parseArgs } from 'node:util';
import { nearest } from '../domain/agent/name.ts';
import { parseDuration } from '../domain/time.ts';
import { UsageError } from './usage-error.ts';

export interface Option {
  readonly name: string;
  readonly short?: string;
  /** `D` is a duration, `N` a number; any other word is text. Without one the option is a switch. */
  readonly value?: string;
  /** The value may be left out: `--wait` and `--wait=5m` or `--wait 5m`. */
  readonly optional?: boolean;
  /** An empty value means something: it takes away what stood there. Of any other option it is a variable that is not set. */
  readonly clearable?: boolean;
  readonly choices?: readonly string[];
  readonly many?: boolean;
  readonly summary: string;
  /** Understood, but not shown: the opposite of a default, for scripts. */
  readonly hidden?: boolean;
}

export const globalOptions: readonly Option[] = [
  { name: 'agent', value: 'NAME', summary: 'act as this agent (or INTERCOM_AGENT)' },
  { name: 'json', summary: 'print one JSON document' },
  { name: 'offline', summary: 'do not ask the remote: claims are provisional' },
  { name: 'directory', short: 'C', value: 'DIR', summary: 'run as if started there' },
  { name: 'help', short: 'h', summary: 'show how the command is used' },
  { name: 'version', summary: 'show the version', hidden: true },
];

/** Of each command that records a text; `run` hands it on. */
export const allowSecret: Option = {
  name: 'allow-secret',
  value: 'WHY',
  summary: 'record what looks like a secret; why is recorded, too',
};

/** Those that may stand behind a command: its own, and the global ones but for those that it has in a sense of its own. */
export function optionsBehind(own: readonly Option[]): Option[] {
  return [...own, ...globalOptions.filter(({ name }) => own.every((option) => option.name !== name))];
}

export interface Words {
  readonly positionals: readonly string[];
  readonly text: (name: string) => string | undefined;
  /** Each value of an option that may stand several times; `--tags a,b` is two. */
  readonly texts: (name: string) => readonly string[];
  /** The same for values that may have a comma of their own, such as the names of files; empty where it was left out. */
  readonly wholeTexts: (name: string) => readonly string[];
  readonly flag: (name: string) => boolean;
  /** Seconds; `true` where the value was left out. */
  readonly duration: (name: string) => number | true | undefined;
  /** Undefined also where the value was left out. */
  readonly number: (name: string) => number | undefined;
}

export function parseWords(argv: readonly string[], own: readonly Option[], command: string): Words {
  const options = optionsBehind(own);
  const byName = new Map(options.map((option) => [option.name, option]));
  const usage = `Run git intercom help${command === '' ? '' : ` ${command}`}.`;
  const { tokens } = parseArgs({
    args: withOptionalValues(
      argv.map((word) => (isText(word, options) ? `${textMark}${word}` : word)),
      options,
    ),
    options: Object.fromEntries(
      options.map(({ name, short, value }) => [
        name,
        {
          type: value === undefined ? ('boolean' as const) : ('string' as const),
          multiple: true,
          ...(short && { short }),
        },
      ]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const valuesByName = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(asTyped(token.value));
    if (token.kind !== 'option') continue;
    const option = byName.get(token.name);
    if (option === undefined) throw unknown(token.rawName, options, usage);
    if (option.value !== undefined && (token.value === undefined || isOption(token, byName))) {
      throw new UsageError(`${token.rawName} wants a value: ${token.rawName} ${option.value}.`, usage);
    }
    if (option.value === undefined && token.value !== undefined) {
      throw new UsageError(`${token.rawName} takes no value.`, usage);
    }
    const value = asTyped(token.value ?? '');
    if (option.value !== undefined && value === '' && option.clearable !== true) {
      throw new UsageError(
        `${token.rawName} has an empty value, and wants one: ${token.rawName} ${option.value}.`,
        `Leave it out where there is none. ${usage}`,
      );
    }
    if (option.choices !== undefined && !option.choices.includes(value)) {
      throw new UsageError(
        `${token.rawName} is one of ${option.choices.join(', ')}, and not ${JSON.stringify(value)}.`,
        usage,
      );
    }
    valuesByName.set(option.name, [...(valuesByName.get(option.name) ?? []), value]);
  }
  const last = (name: string) => valuesByName.get(name)?.at(-1);
  return {
    positionals,
    text: last,
    texts: (name) =>
      (valuesByName.get(name) ?? []).flatMap((value) => value.split(',')).filter((value) => value !== ''),
    wholeTexts: (name) => (valuesByName.get(name) ?? []).map((value) => (value === leftOut ? '' : value)),
    flag: (name) => valuesByName.has(name),
    duration: (name) => durationOf(name, last(name), usage),
    number: (name) => numberOf(name, last(name), usage),
  };
}

/** `--why --shared`: the value was forgotten, and the next option is not it. `--why=--shared` means it. */
function isOption(
  { value, inlineValue }: { readonly value?: string | undefined; readonly inlineValue?: boolean | undefined },
  byName: ReadonlyMap<string, Option>,
): boolean {
  return inlineValue !== true && value?.startsWith('--') === true && byName.has(value.slice(2));
}

const leftOut = '\u0000';

/**
 * `- a list`, `-----BEGIN CERTIFICATE-----`: no option has a space in its name, so it is a text, which parseArgs would
 * take for an option, and the error would say it back, whatever it is.
 */
function isText(word: string, options: readonly Option[]): boolean {
  const isShort = options.some(({ short }) => short !== undefined && word.startsWith(`-${short}`));
  return /^-[^=]*\s/.test(word) && !isShort;
}

function asTyped(word: string): string {
  return word.startsWith(textMark) ? word.slice(textMark.length) : word;
}

const textMark = '\u0001';

/** `--wait` before another option, a path or the end gets a mark, so that parseArgs does not swallow the next word. */
function withOptionalValues(argv: readonly string[], options: readonly Option[]): string[] {
  const names = new Set(options.filter(({ optional }) => optional).map(({ name }) => `--${name}`));
  const end = argv.indexOf('--');
  return argv.flatMap((word, n) => {
    if (!names.has(word) || (end >= 0 && n > end)) return [word];
    const next = argv[n + 1];
    return next !== undefined && isMeantAsDuration(next) ? [word] : [`${word}=${leftOut}`];
  });
}

/**
 * `5min`, `1h 30` and `forever` are none, but were meant as one: they are refused, and not claimed as paths. A file of such
 * a name goes before the option, or behind `--`.
 */
function isMeantAsDuration(word: string): boolean {
  if (parseDuration(word) !== undefined || /^\d+[a-z]*$/i.test(word) || endless.test(word)) return true;
  if (!/^[-+~]?[.,]?\d[\da-z\s.,:]*$/i.test(word)) return false;
  return (word.match(/[a-z]+/gi) ?? []).every((letters) => unit.test(letters));
}

const unit = /^(ms|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)$/i;
const endless = /^(forever|infinit[ey]|inf|indefinitely|unlimited|always|never|none|max)$/i;

function durationOf(name: string, value: string | undefined, usage: string): number | true | undefined {
  if (value === undefined) return undefined;
  if (value === leftOut) return true;
  const seconds = parseDuration(value);
  if (seconds === undefined) {
    throw new UsageError(`--${name} wants a duration such as 90s, 30m or 2h, and not ${JSON.stringify(value)}.`, usage);
  }
  return seconds;
}

function numberOf(name: string, value: string | undefined, usage: string): number | undefined {
  if (value === undefined || value === leftOut) return undefined;
  if (!/^\d*[1-9]\d*$/.test(value)) {
    throw new UsageError(`--${name} wants a number from 1 on, and not ${JSON.stringify(value)}.`, usage);
  }
  return Number(value);
}

function unknown(rawName: string, options: readonly Option[], usage: string): UsageError {
  const near = nearest(
    rawName.replace(/^-+/, ''),
    options.map(({ name }) => name),
  );
  const hint = near.length > 0 ? ` Did you mean --${near[0]}?` : '';
  return new UsageError(`There is no option ${rawName}.${hint}`, usage);
}
