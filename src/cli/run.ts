/** One run of the command: words in, one answer out, an exit code. */
import { resolve } from 'node:path';
import { IntercomError } from '../domain/failure.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Session } from '../operations/session.ts';
import type { Calling, Command } from './command.ts';
import { commands } from './commands/index.ts';
import { findCommand, overview, page } from './help.ts';
import { pathFromTop, realFolder } from './path-from-top.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { parseWords, type Words } from './words.ts';

/** Done, refused or found something, used wrongly, the world failed, a wait ran out. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

export interface Surface {
  readonly terminal: Terminal;
  readonly version: string;
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly readStdin: () => string;
  readonly readFile: (path: string) => string;
  readonly openSession: (where: { readonly cwd: string; readonly agent: string | undefined }) => Promise<Session>;
  readonly moreCommands?: readonly Command[];
}

export async function run(argv: readonly string[], surface: Surface): Promise<ExitCode> {
  const isJson = argv.includes('--json') && !argv.slice(0, argv.indexOf('--json')).includes('--');
  try {
    return await dispatch(argv, surface, isJson);
  } catch (thrown) {
    return tellFailure(thrown, surface.terminal, isJson);
  }
}

async function dispatch(argv: readonly string[], surface: Surface, isJson: boolean): Promise<ExitCode> {
  const { terminal } = surface;
  const table = [...commands, ...(surface.moreCommands ?? [])];
  const { name, rest } = commandWord(argv);
  if (name === undefined || name === 'help') {
    const global = parseWords(rest, [], '');
    if (global.flag('version')) return print(terminal, surface.version);
    const [about] = global.positionals;
    return print(terminal, about === undefined ? overview(table, terminal) : page(findCommand(table, about), terminal));
  }
  const command = findCommand(table, name);
  const words = parseWords(rest, command.options, name);
  if (words.flag('help')) return print(terminal, page(command, terminal));
  const cwd = realFolder(resolve(surface.cwd, words.text('directory') ?? '.'));
  const session = await surface.openSession({ cwd, agent: words.text('agent') });
  try {
    return await answer(command, words, session, { ...surface, cwd }, isJson);
  } finally {
    await session.store.close();
  }
}

async function answer(
  command: Command,
  words: Words,
  session: Session,
  surface: Surface,
  isJson: boolean,
): Promise<ExitCode> {
  const { terminal, signal, readStdin, readFile, cwd } = surface;
  const fromTop = (typed: readonly string[]) =>
    typed.map((path) => pathFromTop(path, cwd, session.store.place.workTree));
  const calling: Calling = {
    session,
    signal,
    terminal,
    isJson,
    readStdin,
    readFile: (path) => readFile(resolve(cwd, path)),
    fromTop,
  };
  const result = await command.run(words, calling);
  if (result.status === 'refused') return tellRefusal(result.refusal, terminal, isJson);
  if (result.status === 'pending') {
    if (isJson) terminal.out(JSON.stringify(result.value));
    terminal.err(pendingSentence(result.value));
    return 4;
  }
  if (isJson) terminal.out(JSON.stringify(result.value));
  else {
    // A branch that cannot be read must not hide what doctor says of it.
    const nowMs = await session.store.read((_view, nowMs) => nowMs).catch(() => Date.now());
    const text = command.render(result.value, { terminal, nowMs, self: session.self.name });
    if (text !== '') terminal.out(text);
  }
  return command.exitCode?.(result.value) ?? 0;
}

/** The first word that is neither a global option nor its value: `-C dir claim a.ts` and `claim a.ts -C dir` are alike. */
function commandWord(argv: readonly string[]): { name: string | undefined; rest: string[] } {
  for (let n = 0; n < argv.length; n++) {
    const word = argv[n] as string;
    if (word === '-C' || word === '--agent' || word === '--directory') n++;
    else if (!word.startsWith('-')) return { name: word, rest: argv.filter((_, at) => at !== n) };
  }
  return { name: undefined, rest: [...argv] };
}

function tellRefusal(refusal: Refusal, terminal: Terminal, isJson: boolean): ExitCode {
  tell(refusal, terminal, isJson);
  return refusal.code === 'bad-pattern' || refusal.code === 'bad-name' ? 2 : 1;
}

function tellFailure(thrown: unknown, terminal: Terminal, isJson: boolean): ExitCode {
  if (thrown instanceof UsageError) {
    tell({ code: 'usage', message: thrown.message, next: thrown.next, data: {} }, terminal, isJson);
    return 2;
  }
  if (thrown instanceof IntercomError) {
    tell({ code: thrown.code, message: thrown.message, next: thrown.next, data: thrown.data }, terminal, isJson);
    return thrown.code === 'usage' ? 2 : 3;
  }
  const bug = thrown as Error;
  const next = 'This is a defect of git-intercom; please report it with the lines above.';
  terminal.err(bug.stack ?? String(bug));
  tell({ code: 'bug', message: bug.message, next, data: {} }, terminal, isJson);
  return 3;
}

interface Told {
  readonly code: string;
  readonly message: string;
  readonly next: string;
  readonly data: Readonly<Record<string, unknown>>;
}

function tell({ code, message, next, data }: Told, terminal: Terminal, isJson: boolean): void {
  if (isJson) terminal.out(JSON.stringify({ error: { code, message, next, data } }));
  terminal.err(`${terminal.paint('red', 'error:')} ${message}`);
  terminal.err(`${terminal.paint('cyan', 'next:')}  ${next}`);
}

function pendingSentence(value: Readonly<Record<string, unknown>>): string {
  const waiting = value.waiting as { id: string; ahead: number } | undefined;
  if (waiting === undefined) return 'The wait ran out.';
  const place = waiting.ahead === 0 ? 'You are next in line.' : `${waiting.ahead} ahead of you.`;
  return `The wait ran out. ${place} Go on waiting with git intercom claim --id ${waiting.id} --wait.`;
}

function print(terminal: Terminal, text: string): ExitCode {
  terminal.out(text);
  return 0;
}
