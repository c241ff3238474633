/** The sessions that one client's server acts for, each opened once. */
import { IntercomError } from '../domain/failure.ts';
import { agentPath } from '../domain/record/path.ts';
import type { Change } from '../domain/view.ts';
import { type Answer, done } from '../operations/answer.ts';
import { stay } from '../operations/presence.ts';
import type { Session } from '../operations/session.ts';
import { Member } from './member.ts';
import type { Caller } from './server.ts';

export interface Joining {
  /** The same for calls of the same session. */
  readonly key: string;
  /** False while only a call will tell the session. */
  readonly isKnown: boolean;
  /** Under its name, and registered. */
  readonly arrive: () => Promise<Answer<Session>>;
  /** Under the name that it would have; nothing is written. */
  readonly look: () => Promise<Session>;
}

const momentMs = 2_000;

export class Members {
  readonly #byKey = new Map<string, Promise<Answer<Member>>>();
  readonly #members: Member[] = [];
  /** Who could not arrive, and looks; kept for what was put before it. */
  readonly #looking = new Map<string, Member>();

  constructor(
    private readonly joiningOf: (caller: Caller) => Joining,
    private readonly isReadOnly: boolean,
  ) {}

  /** A refusal or failure is not kept: the next call tries again. */
  async join(caller: Caller): Promise<Answer<Member>> {
    const { key, arrive, look } = this.joiningOf(caller);
    const known = this.#byKey.get(key);
    if (known !== undefined) return followed(await known);
    const joining = this.#open(this.isReadOnly ? async () => done(await look()) : arrive);
    this.#byKey.set(key, joining);
    try {
      const answer = await joining;
      if (answer.status !== 'done') this.#byKey.delete(key);
      return answer;
    } catch (cause) {
      this.#byKey.delete(key);
      throw cause;
    }
  }

  /**
   * For a call that only looks. Where the world lets nothing be recorded, a disk that is full or read-only, it answers
   * all the same; the next call tries to arrive again.
   */
  async joinToLook(caller: Caller): Promise<Answer<Member>> {
    const { key, look } = this.joiningOf(caller);
    try {
      const answer = await this.join(caller);
      this.#looking.delete(key);
      return answer;
    } catch (cause) {
      if (!(cause instanceof IntercomError)) throw cause;
      const member = this.#looking.get(key) ?? new Member(await look(), true);
      this.#looking.set(key, member);
      return done(member);
    }
  }

  /** Before the first call, where it is known already who calls. What goes wrong is told by the first call. */
  async joinEarly(caller: Caller): Promise<void> {
    if (this.joiningOf(caller).isKnown) await this.join(caller).catch(() => {});
  }

  /** The session is over, and its program goes on with another. */
  async drop(name: string): Promise<void> {
    for (const [key, joining] of this.#byKey) {
      const answer = await joining.catch(() => undefined);
      if (answer?.status !== 'done' || answer.value.session.self.name !== name) continue;
      this.#byKey.delete(key);
      this.#members.splice(this.#members.indexOf(answer.value), 1);
      await answer.value.end();
    }
  }

  names(): ReadonlySet<string> {
    return new Set(this.#members.map(({ session }) => session.self.name));
  }

  /**
   * Another server of the same session has ended, and said for both that it left; or a hook said so, because the session
   * is over, and then this server ends as well. Who is still here a moment later comes back.
   */
  comeBack(changes: readonly Change[]): void {
    if (this.isReadOnly) return;
    for (const member of this.#members) {
      const own = agentPath(member.session.self.name);
      if (changes.some(({ path, after }) => path === own && after === undefined)) void member.follow();
      const hasLeft = changes.some(({ path, after }) => path === own && after?.kind === 'agent' && after.left);
      if (hasLeft) setTimeout(() => void this.#comeBack(member), momentMs).unref();
    }
  }

  async #comeBack(member: Member): Promise<void> {
    if (this.#members.includes(member)) await stay(member.session).catch(() => {});
  }

  /** Resolves when all have left. One that is just arriving is waited for: it would stay when all are gone. */
  async end(): Promise<void> {
    await Promise.allSettled(this.#byKey.values());
    for (const member of this.#members.splice(0)) await member.end();
  }

  async #open(open: Joining['arrive']): Promise<Answer<Member>> {
    const answer = await open();
    if (answer.status !== 'done') return answer;
    const member = new Member(answer.value, this.isReadOnly);
    this.#members.push(member);
    return done(member);
  }
}

async function followed(answer: Answer<Member>): Promise<Answer<Member>> {
  if (answer.status === 'done') await answer.value.follow();
  return answer;
}
