/**
 * The MCP server, composed. The client is answered at once; the repository is opened, and the agent registered, when the
 * client is ready. One server may act for several sessions: a harness with many threads, or many clients over HTTP.
 */
import { join, resolve } from 'node:path';
import { commandWord } from '../cli/command-word.ts';
import { mcpCommand } from '../cli/commands/mcp.ts';
import { currentFolder, pathFromTop, realFolder } from '../cli/path-from-top.ts';
import { UsageError } from '../cli/usage-error.ts';
import { parseWords, type Words } from '../cli/words.ts';
import { flawOfName } from '../domain/agent/name.ts';
import { IntercomError } from '../domain/failure.ts';
import { createServer, type ServerParts } from '../mcp/server.ts';
import { serveStdio } from '../mcp/stdio.ts';
import type { Choice } from '../mcp/tools/index.ts';
import type { Session } from '../operations/session.ts';
import type { Serving } from './serving.ts';

declare const __VERSION__: string;
declare const __dirname: string;

/** Ends when the client is gone, or on a signal; the exit code is the command's. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await serve(readWords(argv));
    process.exit(0);
  } catch (thrown) {
    if (!(thrown instanceof UsageError || thrown instanceof IntercomError)) throw thrown;
    tellOnStderr(thrown);
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
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => ending.abort());
  const choice: Choice = {
    toolset: words.text('toolset') === 'full' ? 'full' : 'core',
    isReadOnly: words.flag('read-only'),
  };
  const common = { version: __VERSION__, choice, clock: Date.now, fromTop, ending: ending.signal };
  if (words.flag('http')) {
    const { serveOverHttp } = await import('./serve-http.ts');
    return serveOverHttp(words, process.env, { common, open: () => openBase(words, choice) });
  }
  if (words.text('port') !== undefined)
    throw new UsageError('--port is of --http.', 'Add --http, or leave --port out.');
  const given = words.text('agent') ?? (process.env.INTERCOM_AGENT || undefined);
  const flaw = given === undefined ? undefined : flawOfGiven(given, words);
  // Whoever set the server up reads this; its calls say it to the model, which can only pass it on.
  if (flaw !== undefined) tellOnStderr(flaw);
  const load = () => import('./serving.ts');
  let loading: Promise<Serving> | undefined;
  const serving = () => {
    loading ??= load().then(({ Serving }) => {
      const { isReadOnly } = choice;
      return new Serving({
        given,
        isReadOnly,
        open: async () => {
          if (flaw !== undefined) throw flaw;
          return openBase(words, choice, given);
        },
        client,
        ending: ending.signal,
      });
    });
    return loading;
  };
  const parts: ServerParts = {
    ...common,
    join: async (caller) => (await serving()).join(caller),
    joinToLook: async (caller) => (await serving()).joinToLook(caller),
    ...(!choice.isReadOnly && { guard: async (input, callerOf) => (await serving()).guard(input, callerOf) }),
    untilWatching: async () => (await serving()).untilWatching(),
    onReady: (caller) =>
      void serving().then(
        (ready) => ready.onReady(caller),
        () => {},
      ),
  };
  const client = createServer(parts, load);
  await Promise.race([serveStdio(client.server), once(ending.signal)]);
  ending.abort();
  await (await loading?.catch(() => undefined))?.end();
}

/** No call of a tool gives the server another name. */
function flawOfGiven(name: string, words: Words): IntercomError | undefined {
  const flaw = flawOfName(name);
  if (flaw === undefined) return undefined;
  const how = words.text('agent') === undefined ? `INTERCOM_AGENT=${flaw.like}` : `--agent ${flaw.like}`;
  const next = `Have the server started with a name that can be one, such as ${how}, or with none: then it finds one.`;
  return new IntercomError({ code: 'usage', message: flaw.message, next });
}

function tellOnStderr({ message, next }: Pick<IntercomError, 'message' | 'next'>): void {
  process.stderr.write(`error: ${message}\nnext:  ${next}\n`);
}

/** For all the sessions that it will act for; each of them has a name of its own unless one was given. */
async function openBase(words: Words, { isReadOnly }: Choice, given = 'newcomer'): Promise<Session> {
  const { open } = await import('../open.ts');
  const cwd = realFolder(resolve(currentFolder(process.env), words.text('directory') ?? '.'));
  const commandFile = join(__dirname, 'bin.cjs');
  const opened = await open({ cwd, env: process.env, agent: given, commandFile, isReadOnly });
  return opened.session;
}

/** A relative path is from the top of the repository, as answers show them. */
const fromTop: ServerParts['fromTop'] = (paths, { store, surroundings }, which) => {
  const { workTree } = store.place;
  const sameHere = which === undefined ? surroundings.samePathHere : undefined;
  try {
    return paths.map((path) => pathFromTop(path, workTree ?? '/', workTree, sameHere));
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    throw new IntercomError({ code: 'usage', message: thrown.message, next: thrown.next });
  }
};

function once(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
