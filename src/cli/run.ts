/** One run of the command: words in, one answer out, an exit code. */
import { resolve } from 'node:path';
import { IntercomError } from '../domain/failure.ts';
import { plainly } from '../domain/plainly.ts';
import type { Refusal } from '../domain/refusal.ts';
import { plainText, safeJson } from '../domain/text.ts';
import type { Session } from '../operations/session.ts';
import type { Calling, Command, Entry, FreeCommand, Row } from './command.ts';
import { commandWord, directoryIn } from './command-word.ts';
import { type DecodeYaml, dataIn } from './data-file.ts';
import { described, findCommand, overview, page } from './help.ts';
import { noteUnfetched } from './note-unfetched.ts';
import { pathFromTop, realFolder } from './path-from-top.ts';
import { nextElsewhere, nextFromHere } from './render/next.ts';
import { pendingAnswer, refusalDetails } from './render/refusal.ts';
import { textOnStdin } from './stdin-text.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { usageFirst } from './usage-first.ts';
import { allowSecret, parseWords, type Words } from './words.ts';
import { wrongInput } from './wrong-input.ts';

/** Done, refused or found something, used wrongly, the world failed, a wait ran out. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

export interface Surface {
  readonly terminal: Terminal;
  readonly version: string;
  readonly cwd: string;
  readonly clock: () => number;
  readonly signal: AbortSignal;
  readonly readStdin: () => string;
  readonly readFile: (path: string) => string;
  readonly decodeYaml: DecodeYaml;
  readonly openSession: (where: {
    readonly cwd: string;
    readonly agent: string | undefined;
    /** The remote is not asked. */
    readonly isOffline: boolean;
  }) => Promise<Session>;
  /** The table of words. */
  readonly commands: readonly Row[];
  /** Runs a command that is a program of its own. */
  readonly serve: (argv: readonly string[]) => Promise<ExitCode>;
  /** What is meant where nothing is typed: words of a command, or none for help. */
  readonly unsaid: () => Promise<readonly string[]>;
}

export async function run(argv: readonly string[], surface: Surface): Promise<ExitCode> {
  const isJson = argv.includes('--json') && !argv.slice(0, argv.indexOf('--json')).includes('--');
  try {
    return await dispatch(argv.length === 0 ? await surface.unsaid() : argv, surface, isJson);
  } catch (thrown) {
    const { name = '' } = commandWord(argv);
    return tellFailure(wrongInput(thrown, name) ?? thrown, directoryIn(argv), surface.terminal, isJson);
  }
}

async function dispatch(argv: readonly string[], surface: Surface, isJson: boolean): Promise<ExitCode> {
  const { terminal } = surface;
  const table = surface.commands;
  const { name, before, behind } = commandWord(argv);
  if (name === undefined || name === 'help') {
    const global = parseWords([...before, ...behind], [], '');
    if (global.flag('version')) {
      return print(terminal, isJson ? safeJson({ version: surface.version }) : surface.version);
    }
    return help(global.positionals, table, terminal, isJson);
  }
  const command = findCommand(table, name);
  // Where --agent narrows what is shown, who asks can still be named before the command.
  const isNarrowing = command.options.some((option) => option.name === 'agent');
  const words = parseWords(isNarrowing ? behind : [...before, ...behind], command.options, name);
  const asking = isNarrowing ? parseWords(before, [], name) : words;
  if (words.flag('help') || asking.flag('help')) return help([name], table, terminal, isJson);
  if (command.synopsis === '' && words.positionals.length > 0) throw extraWord(command, words.positionals[0] as string);
  if ('isServed' in command) return surface.serve(argv);
  if ('answer' in command) {
    const result = command.answer(words, table);
    return print(terminal, isJson ? safeJson(result) : command.render(result));
  }
  const directory = words.text('directory') ?? asking.text('directory');
  const named = 'directory' in command ? command.directory?.(words) : undefined;
  const isOffline = words.flag('offline') || asking.flag('offline');
  const folder = () => realFolder(resolve(surface.cwd, directory ?? '.', named ?? '.'));
  const openSession = async () => surface.openSession({ cwd: folder(), agent: asking.text('agent'), isOffline });
  if ('runFree' in command) return answerFreely(command, words, openSession, terminal, isJson);
  const session = {
    ...(await openSession().catch((failure) => usageFirst(command, words, { ...surface, isJson }, failure))),
    allowSecret: words.text(allowSecret.name),
    tellProgress: terminal.isInteractive ? (text: string) => terminal.err(terminal.paint('dim', text)) : undefined,
  };
  try {
    return await answer(command, words, session, { ...surface, cwd: folder(), directory }, isJson);
  } finally {
    await session.store.close();
  }
}

async function answerFreely(
  command: FreeCommand,
  words: Words,
  openSession: () => Promise<Session>,
  terminal: Terminal,
  isJson: boolean,
): Promise<ExitCode> {
  const result = await command.runFree(words, { openSession, terminal, isJson });
  if (result.status !== 'done') throw new Error('a free command is done or fails');
  return print(terminal, isJson ? safeJson(result.value) : command.render(result.value, terminal));
}

async function answer(
  command: Command,
  words: Words,
  session: Session,
  surface: Surface & { readonly directory: string | undefined },
  isJson: boolean,
): Promise<ExitCode> {
  const { terminal, signal, readStdin, cwd } = surface;
  const readFile = (path: string) => surface.readFile(resolve(cwd, path));
  const { workTree } = session.store.place;
  const { samePathHere } = session.surroundings;
  const fromTop: Calling['fromTop'] = (typed, which) =>
    typed.map((path) => pathFromTop(path, cwd, workTree, which === undefined ? samePathHere : undefined));
  const calling: Calling = {
    session,
    signal,
    terminal,
    isJson,
    readStdin: () => textOnStdin(readStdin),
    readFile,
    readData: (path) => dataIn(path, { readFile, decodeYaml: surface.decodeYaml }),
    fromTop,
  };
  // What is read is as of now: the process in the background may bring more before it is told.
  const isFetched = command.knowsOfRemote === true || (await session.sync?.hasFetched()) !== false;
  const result = await command.run(words, calling);
  if (!isFetched) await noteUnfetched(session, terminal);
  const telling = { terminal, nowMs: surface.clock(), self: session.self.name };
  if (result.status === 'refused') {
    const refusal = isJson ? result.refusal : plainly(result.refusal);
    const next = nextElsewhere(nextFromHere(refusal.next, cwd, workTree), surface.directory);
    tell({ ...refusal, next, details: isJson ? [] : refusalDetails(refusal, telling) }, terminal, isJson);
    return exitCodeOf(refusal);
  }
  if (result.status === 'pending') {
    if (isJson) terminal.out(safeJson(result.value));
    terminal.err(pendingAnswer(plainly(result.value), telling));
    return 4;
  }
  // Where there is no value, `run` has printed already.
  if (result.value === undefined) return 0;
  const text = isJson ? safeJson(result.value) : command.render(plainly(result.value), telling, words);
  if (text !== '') terminal.out(text);
  return command.exitCode?.(result.value) ?? 0;
}

function help(
  [about, extra]: readonly string[],
  table: readonly Entry[],
  terminal: Terminal,
  isJson: boolean,
): ExitCode {
  if (extra !== undefined) throw new UsageError('help is about one command.', `Run git intercom help ${about}.`);
  if (about === undefined || about === 'help') {
    return print(terminal, isJson ? safeJson({ commands: table.map(described) }) : overview(table, terminal));
  }
  const command = findCommand(table, about);
  return print(terminal, isJson ? safeJson({ command: described(command) }) : page(command, terminal));
}

/** `claims src/auth.ts` would otherwise answer about everything, and be read as if it were about that file. */
function extraWord({ name, options }: Entry, word: string): UsageError {
  const narrower = options.some((option) => option.name === 'path') ? `git intercom ${name} --path ${word}` : undefined;
  return new UsageError(
    `${name} takes no word beside its options, and here is ${JSON.stringify(word)}.`,
    `Run ${narrower ?? `git intercom help ${name}`}.`,
  );
}

/** Nothing was looked up for these: the same words are wrong anywhere. */
const wrongUsage: readonly Refusal['code'][] = [
  'bad-pattern',
  'bad-name',
  'bad-attachment',
  'bad-importance',
  'bad-interview',
];

function exitCodeOf({ code }: Refusal): ExitCode {
  return wrongUsage.includes(code) ? 2 : 1;
}

function tellFailure(thrown: unknown, directory: string | undefined, terminal: Terminal, isJson: boolean): ExitCode {
  if (thrown instanceof UsageError || thrown instanceof IntercomError) {
    const { code, data } = thrown instanceof UsageError ? { code: 'usage', data: {} } : thrown;
    const { message, next } = plainly({ message: thrown.message, next: nextElsewhere(thrown.next, directory) });
    tell({ code, message, next, data }, terminal, isJson);
    return code === 'usage' ? 2 : 3;
  }
  const bug = thrown as Error;
  const next = 'This is a defect of git-intercom; please report it with the lines above.';
  terminal.err(plainText(bug.stack ?? String(bug)));
  tell({ code: 'bug', message: plainText(bug.message), next, data: {} }, terminal, isJson);
  return 3;
}

interface Told {
  readonly code: string;
  readonly message: string;
  readonly next: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Lines between the two, for people. */
  readonly details?: readonly string[];
}

function tell({ code, message, next, data, details = [] }: Told, terminal: Terminal, isJson: boolean): void {
  if (isJson) terminal.out(safeJson({ error: { code, message, next, data } }));
  const lines = [
    `${terminal.paint('red', 'error:')} ${message}`,
    ...details,
    `${terminal.paint('cyan', 'next:')}  ${next}`,
  ];
  terminal.err(lines.join('\n'));
}

function print(terminal: Terminal, text: string): ExitCode {
  terminal.out(text);
  return 0;
}
