/**
 * The sessions of a server as hooks name them. A hook's word is a sign of life; and where one program has one session at
 * a time, it tells that the session is another one now: after `/clear` the server goes on with the id of its start.
 */
import { harnessOfClient } from '../harness/client-name.ts';
import { isNamedInCalls } from '../harness/detect.ts';
import type { Members } from '../mcp/members.ts';
import type { Caller } from '../mcp/server.ts';
import type { GuardedMember } from './call.ts';
import type { Waking } from './waking.ts';

export class HookedMembers {
  #current: { readonly id: string; readonly name: string } | undefined;

  constructor(
    private readonly members: Members,
    private readonly waking: Waking,
  ) {}

  /** By its harness's name; undefined until a hook has told. */
  currentSession(): string | undefined {
    return this.#current?.id;
  }

  async memberOf(
    session: string | undefined,
    callerOf: (input: Caller['input']) => Caller,
  ): Promise<GuardedMember | undefined> {
    const caller = callerOf(session === undefined ? undefined : { _session: session });
    const joined = await this.members.join(caller);
    if (joined.status !== 'done') return undefined;
    const member = joined.value;
    const { name } = member.session.self;
    member.noteActivity();
    if (session !== undefined && !isNamedInCalls(harnessOfClient(caller.client?.name) ?? '')) {
      await this.#goOnWith(session, name);
    }
    return {
      session: member.session,
      noteMoment: (event, answer) => this.waking.noteMoment(name, session, event, answer),
    };
  }

  async #goOnWith(id: string, name: string): Promise<void> {
    const before = this.#current;
    this.#current = { id, name };
    for (const other of this.members.names()) {
      if (other === name || (before !== undefined && before.name !== other)) continue;
      this.waking.noteEnd(other);
      await this.members.drop(other);
    }
  }
}
