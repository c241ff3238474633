/**
 * The MCP server, composed. The client is answered at once; the repository is opened, and the agent registered, when the
 * client is ready. One server may act for several sessions: a harness with many threads, or many clients over HTTP.
 */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { commandWord } from './cli/command-word.ts';
import { mcpCommand } from './cli/commands/mcp.ts';
import { currentFolder, pathFromTop, realFolder } from './cli/path-from-top.ts';
import { UsageError } from './cli/usage-error.ts';
import { parseWords, type Words } from './cli/words.ts';
import { IntercomError } from './domain/failure.ts';
import type { Change } from './domain/view.ts';
import { HookedMembers } from './guard/members.ts';
import { Waking } from './guard/waking.ts';
import { wakerIn } from './harness/waker.ts';
import { joiningWith } from './joining.ts';
import { Members } from './mcp/members.ts';
import { type ClientServer, createServer, type ServerParts } from './mcp/server.ts';
import { serveStdio } from './mcp/stdio.ts';
import type { Choice } from './mcp/tools/index.ts';
import { changes } from './operations/changes.ts';
import { type Reading, readingHere } from './operations/hub.ts';
import { isOpen } from './operations/is-open.ts';
import type { Session } from './operations/session.ts';
import { cacheFolderOf } from './setup/own-folders.ts';

declare const __VERSION__: string;
declare const __dirname: string;

/** Ends when the client is gone, or on a signal; the exit code is the command's. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await serve(readWords(argv));
    process.exit(0);
  } catch (thrown) {
    if (!(thrown instanceof UsageError || thrown instanceof IntercomError)) throw thrown;
    process.stderr.write(`error: ${thrown.message}\nnext:  ${thrown.next}\n`);
    process.exit(thrown instanceof UsageError ? 2 : 3);
  }
}

function readWords(argv: readonly string[]): Words {
  const { before, behind } = commandWord(argv);
  const words = parseWords([...before, ...behind], mcpCommand.options, mcpCommand.name);
  const [extra] = words.positionals;
  if (extra !== undefined) throw new UsageError(`mcp takes no word ${extra}.`, 'Run git intercom help mcp.');
  return words;
}

async function serve(words: Words): Promise<void> {
  const ending = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => ending.abort());
  const choice: Choice = {
    toolset: words.text('toolset') === 'full' ? 'full' : 'core',
    isReadOnly: words.flag('read-only'),
  };
  const common = { version: __VERSION__, choice, clock: Date.now, fromTop, ending: ending.signal };
  if (words.flag('http')) {
    const { serveOverHttp } = await import('./serve-http.ts');
    return serveOverHttp(words, process.env, { common, open: () => openBase(words) });
  }
  if (words.text('port') !== undefined)
    throw new UsageError('--port is of --http.', 'Add --http, or leave --port out.');
  const given = words.text('agent') ?? (process.env.INTERCOM_AGENT || undefined);
  const base = onceDone(async () => {
    const opened = await openBase(words, given);
    void watchWith(opened, ending.signal, tell).catch(() => {});
    return opened;
  });
  const hooked = new HookedMembers(
    () => members,
    () => waking,
  );
  const joining = joiningWith({ base, given, env: process.env, ...choice, current: () => hooked.currentSession() });
  const members = new Members(joining, choice.isReadOnly);
  const cacheFolder = cacheFolderOf(process.env, homedir());
  const waker = wakerIn(process.env, cacheFolder, () => client?.server.getClientVersion()?.name);
  const waking = new Waking(waker, Date.now);
  let client: ClientServer | undefined;
  const tell = async (move: readonly Change[], read: Reading) => {
    members.comeBack(move);
    await client?.tell(move, members.names(), read);
    // Waking may take seconds, and what comes next is to be told meanwhile.
    if (!choice.isReadOnly) void waking.noteChanges(move, [...members.names()]).catch(() => {});
  };
  const parts: ServerParts = {
    ...common,
    join: (caller) => members.join(caller),
    ...(!choice.isReadOnly && {
      guard: async (input, callerOf) => {
        const { guardCall } = await import('./guard/call.ts');
        const cwd = currentFolder(process.env);
        return guardCall(input, {
          ...{ base, cwd, env: process.env },
          memberOf: (session) => hooked.memberOf(session, callerOf),
        });
      },
    }),
    onReady: (caller) =>
      void base().then(
        async (session) => ((await isOpen(session)) ? members.joinEarly(caller) : undefined),
        () => {},
      ),
  };
  client = createServer(parts);
  await Promise.race([serveStdio(client.server), once(ending.signal)]);
  ending.abort();
  waking.end();
  await members.end();
  if (base.isDone()) await (await base()).store.close();
}

/** For all the sessions that it will act for; each of them has a name of its own unless one was given. */
async function openBase(words: Words, given = 'newcomer'): Promise<Session> {
  const { open } = await import('./open.ts');
  const cwd = realFolder(resolve(currentFolder(process.env), words.text('directory') ?? '.'));
  const opened = await open({ cwd, env: process.env, agent: given, commandFile: join(__dirname, 'bin.cjs') });
  return opened.session;
}

async function watchWith(
  session: Session,
  signal: AbortSignal,
  tell: (move: readonly Change[], read: Reading) => Promise<void>,
): Promise<void> {
  for await (const move of changes(session, signal)) {
    await tell(move, await readingHere(session)).catch(() => {});
  }
}

/** A relative path is from the top of the repository, as answers show them. */
function fromTop(paths: readonly string[], { store }: Session): string[] {
  const { workTree } = store.place;
  try {
    return paths.map((path) => pathFromTop(path, workTree ?? '/', workTree));
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    throw new IntercomError({ code: 'usage', message: thrown.message, next: thrown.next });
  }
}

/** Runs `act` until it has succeeded once, and answers that. */
function onceDone<T>(act: () => Promise<T>): (() => Promise<T>) & { isDone: () => boolean } {
  let running: Promise<T> | undefined;
  let isDone = false;
  const run = () => {
    running ??= act().then(
      (value) => {
        isDone = true;
        return value;
      },
      (cause: unknown) => {
        running = undefined;
        throw cause;
      },
    );
    return running;
  };
  return Object.assign(run, { isDone: () => isDone });
}

function once(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
