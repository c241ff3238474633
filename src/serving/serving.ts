/**
 * One client's server behind its hello: the sessions that it acts for, the watch that tells them of others, and how they
 * are woken. Loaded when the client is ready.
 */

import { currentFolder } from '../cli/path-from-top.ts';
import type { Change } from '../domain/view.ts';
import { HookedMembers } from '../guard/members.ts';
import { Waking } from '../guard/waking.ts';
import { wakerIn } from '../harness/waker.ts';
import type { Guard } from '../mcp/guard.ts';
import type { Member } from '../mcp/member.ts';
import { Members } from '../mcp/members.ts';
import type { Caller, ClientServer } from '../mcp/server.ts';
import type { Answer } from '../operations/answer.ts';
import { changes } from '../operations/changes.ts';
import { type Reading, readingHere } from '../operations/hub.ts';
import { isOpen } from '../operations/is-open.ts';
import type { Session } from '../operations/session.ts';
import { cacheFolderOf } from '../setup/own-folders.ts';
import { gitEnvironment } from '../store/git/run.ts';
import { harnessPid } from '../store/local/harness-process.ts';
import { homeFolder } from '../store/local/home.ts';
import { joiningWith } from './joining.ts';

export { Requests } from '../mcp/requests.ts';

interface ServingParts {
  /** By a person: `--agent`, or INTERCOM_AGENT. */
  readonly given: string | undefined;
  readonly isReadOnly: boolean;
  readonly open: () => Promise<Session>;
  readonly client: ClientServer;
  /** Fires when the server ends. */
  readonly ending: AbortSignal;
}

export class Serving {
  readonly #base: ReturnType<typeof onceDone<Session>>;
  readonly #members: Members;
  readonly #waking: Waking;
  readonly #hooked: HookedMembers;
  /** Copied once: each look at the environment of the process asks the system. */
  readonly #env = gitEnvironment(process.env);
  #watching: Promise<unknown> | undefined;

  constructor(private readonly parts: ServingParts) {
    const { given, isReadOnly, client } = parts;
    this.#base = onceDone(async () => {
      const opened = await parts.open();
      this.#watching = new Promise((resolve) => void this.#watch(opened, resolve).then(resolve, resolve));
      return opened;
    });
    const cacheFolder = cacheFolderOf(process.env, homeFolder(process.env));
    const waker = wakerIn({
      ...{ env: process.env, cacheFolder, pid: harnessPid },
      clientName: () => client.server.getClientVersion()?.name,
    });
    this.#waking = new Waking(waker, Date.now, async (message) => {
      const { store } = await this.#base();
      return (await store.messageSignatures([message])).get(message.id);
    });
    const current = () => this.#hooked.currentSession();
    this.#members = new Members(joiningWith({ base: this.#base, given, env: process.env, current }), isReadOnly);
    this.#hooked = new HookedMembers(this.#members, this.#waking);
  }

  join(caller: Caller): Promise<Answer<Member>> {
    return this.#members.join(caller);
  }

  joinToLook(caller: Caller): Promise<Answer<Member>> {
    return this.#members.joinToLook(caller);
  }

  guard: Guard = async (input, callerOf) => {
    const { guardCall } = await import('../guard/call.ts');
    return guardCall(input, {
      ...{ base: this.#base, cwd: currentFolder(process.env), env: this.#env },
      memberOf: (session) => this.#hooked.memberOf(session, callerOf),
    });
  };

  /** What goes wrong is told by the first call. */
  async onReady(caller: Caller): Promise<void> {
    try {
      if (await isOpen(await this.#base())) await this.#members.joinEarly(caller);
    } catch {}
  }

  /** Resolves when all have left, and the store is closed. */
  async end(): Promise<void> {
    this.#waking.end();
    await this.#members.end();
    if (this.#base.isDone()) await (await this.#base()).store.close();
  }

  /** A store that cannot be opened is told by the first call. */
  async untilWatching(): Promise<void> {
    await this.#base().catch(() => {});
    await this.#watching;
  }

  async #watch(session: Session, onBegin: (value?: unknown) => void): Promise<void> {
    for await (const move of changes(session, this.parts.ending, onBegin)) {
      await this.#tell(move, await readingHere(session)).catch(() => {});
    }
  }

  async #tell(move: readonly Change[], read: Reading): Promise<void> {
    this.#members.comeBack(move);
    await this.parts.client.tell(move, this.#members.names(), read);
    // Waking may take seconds, and what comes next is to be told meanwhile.
    if (!this.parts.isReadOnly) void this.#waking.noteChanges(move, [...this.#members.names()]).catch(() => {});
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
