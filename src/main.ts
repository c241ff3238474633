/** The command, composed: everything but the quick answers of bin.ts. */
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { allCommands } from './all-commands.ts';
import { commandWord } from './cli/command-word.ts';
import { leavesNothing } from './cli/leaves-nothing.ts';
import { currentFolder } from './cli/path-from-top.ts';
import { run } from './cli/run.ts';
import { paintFor, type Terminal } from './cli/terminal.ts';
import { nameFrom } from './domain/agent/name.ts';
import { runHook } from './guard/run-hook.ts';
import { sessionInEnvironment } from './harness/detect.ts';
import type { HarnessSession } from './harness/session.ts';
import { identityOf } from './identity.ts';
import { type OpenOptions, open } from './open.ts';
import { findName } from './operations/arrive.ts';
import { calledNow } from './operations/called-now.ts';
import type { Session } from './operations/session.ts';
import { decodeYaml } from './store/codec/decode.ts';
import { readUserName } from './store/git/identity.ts';
import { locate } from './store/git/locate-head.ts';
import { personUid } from './store/local/person.ts';
import { processFromEnvironment } from './store/local/session-process.ts';
import { testClock } from './store/local/test-seams.ts';

export { tellChanged } from './operations/changed.ts';
/** What a git hook asks where the projection does not say enough; see quick/whole-program.ts. */
export { verdictOnNames } from './operations/check-edit.ts';
export { claimsOn, giveBack, wereGivenBack } from './operations/give-back.ts';

declare const __VERSION__: string;
declare const __dirname: string;
declare function require(path: './serve.cjs'): { main(argv: readonly string[]): Promise<void> };
declare function require(path: './web.cjs'): typeof import('./web/program.ts');
declare function require(path: './setup.cjs'): typeof import('./machine/setup.ts');

export async function main(argv: readonly string[], input?: string): Promise<void> {
  const { env } = process;
  const signals = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => signals.abort(name));
  process.stdout.on('error', stopTelling);
  const code = await run(argv, {
    terminal: terminal(env),
    version: __VERSION__,
    cwd: currentFolder(env),
    clock: testClock(env) ?? Date.now,
    signal: signals.signal,
    readStdin: () => utf8In(readFileSync(0)),
    readFile: (path) => utf8In(readFileSync(path)),
    decodeYaml: (text) => decodeYaml(Buffer.from(text)),
    openSession: (where) =>
      openSession({
        ...where,
        env,
        commandFile: join(__dirname, 'bin.cjs'),
        leavesNothing: leavesNothing(argv),
        staysUnread: commandWord(argv).name === 'doctor',
      }),
    commands: allCommands(
      __VERSION__,
      () => {
        const program = { node: process.execPath, file: join(__dirname, 'bin.cjs'), version: __VERSION__ };
        return require('./setup.cjs').openSetup(env, program, [
          join(__dirname, '..', 'hooks'),
          join(__dirname, 'plugins'),
        ]);
      },
      () => require('./web.cjs').page,
    ),
    unsaid: () => unsaid(currentFolder(env), env),
    serve: async (words) => {
      if (commandWord(words).name === 'hook') return runHook(words, env, input);
      await require('./serve.cjs').main(words);
      return 0;
    },
  });
  process.exitCode = code;
}

/** Throws where it is no UTF-8: what would be put in the place of each such byte says something else. */
function utf8In(bytes: Buffer): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** The command alone, typed by a person in a repository that has no coordination yet, leads into its set-up. */
async function unsaid(cwd: string, env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return [];
  try {
    const { session } = await open({ cwd, env, agent: 'newcomer' });
    const isOpen = (await session.store.locateBranch()) !== null;
    await session.store.close();
    return isOpen ? [] : ['init'];
  } catch {
    return [];
  }
}

interface Where extends Pick<OpenOptions, 'cwd' | 'env' | 'commandFile' | 'isOffline'> {
  /** As it was given by hand. */
  readonly agent: string | undefined;
  /** A person who was never here stays unknown. */
  readonly leavesNothing?: boolean;
  /** Whoever reads the branch mends it, and doctor wants to say what was wrong. */
  readonly staysUnread?: boolean;
}

/** The session of the agent that was named, of the harness around, or of the person. A git hook opens it, too. */
export async function openSession({
  agent,
  leavesNothing = false,
  staysUnread = false,
  ...where
}: Where): Promise<Session> {
  const { cwd, env } = where;
  const named = agent ?? (env.INTERCOM_AGENT || undefined);
  const harness = sessionInEnvironment(env);
  const looking = { ...where, isLookingOver: staysUnread };
  if (harness !== undefined && named === undefined) return openInHarness(harness, looking);
  // Another name makes no person of an agent.
  const who =
    named === undefined
      ? await person(cwd, env, !leavesNothing)
      : { agent: named, isGiven: true, harness: harness?.harness };
  const { session } = await open({ ...looking, ...who, leavesNothing, process: processFromEnvironment(env) });
  return staysUnread ? session : calledNow(session);
}

/** Typed in a shell of a harness, a command acts for the harness's session, under the name that it has or would get. */
async function openInHarness(harness: HarnessSession, where: Omit<OpenOptions, 'agent'>): Promise<Session> {
  const { uid, seed, process } = identityOf(harness);
  const { session } = await open({ ...where, agent: 'newcomer', uid, harness: harness.harness, process });
  return { ...session, self: { ...session.self, name: await findName(session, seed) } };
}

async function person(
  cwd: string,
  env: NodeJS.ProcessEnv,
  mayMakeUid: boolean,
): Promise<Pick<OpenOptions, 'agent' | 'uid' | 'isPerson'>> {
  const repository = await locate({ cwd, env });
  const uid = personUid(env, mayMakeUid);
  const name = nameFrom((await readUserName(repository)) ?? '') ?? nameFrom(userInfo().username);
  // A name without a letter of a to z tells nothing, and a login may be as well.
  return { agent: name ?? `person-${uid?.slice(-4) ?? 'unknown'}`, uid, isPerson: true };
}

function terminal(env: NodeJS.ProcessEnv): Terminal {
  const isInteractive = process.stdout.isTTY === true;
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    isInteractive,
    get columns() {
      return isInteractive ? process.stdout.columns || 160 : Number.POSITIVE_INFINITY;
    },
    get rows() {
      return process.stdout.rows || 50;
    },
    paint: paintFor(isInteractive, env),
  };
}

/** `git intercom log | head` closes the pipe early; that is no failure. What was recorded before stays so. */
function stopTelling({ code, message }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE') process.exit(0);
  const next = 'Run git intercom log to see what is recorded.';
  process.stderr.write(`error: The answer cannot be written: ${message}.\nnext:  ${next}\n`);
  process.exit(3);
}
