/** A repository in which agents seal, each with keys of its own. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Answer, type Intercom, openIntercom } from '../../src/index.ts';
import { type OpenOptions, open } from '../../src/open.ts';
import { operations } from '../../src/operations/index.ts';
import { removeFolder } from '../remove-folder.ts';
import { doneBy } from './place.ts';

export const closed = 'Sealed for a key that this machine does not have.';

/** The library is for agents alone. */
async function asPerson<T>(
  who: Pick<OpenOptions, 'cwd' | 'env' | 'agent'>,
  act: (intercom: Intercom) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const { session } = await open({ ...who, uid: `uid-${who.agent}`, isPerson: true });
  const methods = Object.entries(operations).map(([name, operation]) => [
    name,
    (input = {}) => operation.run(operation.input.parse(input) as never, session, new AbortController().signal),
  ]);
  return act(Object.fromEntries(methods) as Intercom).finally(() => session.store.close());
}

/** A repository with agents on one machine, each with the keys of its own folder. */
export class Sealed {
  readonly dir = mkdtempSync(join(tmpdir(), 'intercom-sealed-'));
  readonly repo = join(this.dir, 'repo');
  readonly #persons = new Set<string>();

  constructor() {
    execFileSync('git', ['init', '--quiet', this.repo]);
    onTestFinished(() => removeFolder(this.dir));
  }

  keysOf(agent: string): string {
    return join(this.dir, 'data of', agent, 'git-intercom', 'keys');
  }

  async as<T>(agent: string, act: (intercom: Intercom) => Promise<Answer<T>>): Promise<Answer<T>> {
    const env = { ...process.env, XDG_DATA_HOME: join(this.dir, 'data of', agent) };
    if (this.#persons.has(agent)) return asPerson({ cwd: this.repo, env, agent }, act);
    const intercom = await openIntercom({ dir: this.repo, agent, uid: `uid-${agent}`, lifetime: 'none', env });
    return act(intercom).finally(() => intercom.close());
  }

  /** They act as persons from now on. */
  persons(...names: readonly string[]): void {
    for (const name of names) this.#persons.add(name);
  }

  /** With keys, and known to each other. */
  async greet(...agents: readonly string[]): Promise<void> {
    for (const agent of agents) doneBy(await this.as(agent, (intercom) => intercom.key()));
  }

  async room(name: string, ...agents: readonly string[]): Promise<void> {
    await this.roomOf('private', name, ...agents);
  }

  async roomOf(visibility: 'private' | 'secret', name: string, ...agents: readonly string[]): Promise<void> {
    const [maker = '', ...others] = agents;
    await this.greet(...others);
    doneBy(await this.as(maker, (it) => it.room({ action: 'create', room: name, visibility })));
    if (others.length === 0) return;
    doneBy(await this.as(maker, (it) => it.room({ action: 'invite', room: name, agents: others })));
    for (const agent of others) doneBy(await this.as(agent, (it) => it.room({ action: 'accept', room: name })));
  }

  async say(agent: string, to: string, text: string): Promise<string> {
    return doneBy(await this.as(agent, (it) => it.send({ to: [to], text }))).message.id;
  }

  async unread(agent: string): Promise<readonly string[]> {
    const { messages } = doneBy(await this.as(agent, (it) => it.peek()));
    return messages.filter(({ kind }) => kind !== 'notice').map(({ text }) => text);
  }

  async said(agent: string, room: string): Promise<readonly string[]> {
    const { messages = [] } = doneBy(await this.as(agent, (it) => it.rooms({ room, messages: 20 })));
    return messages.map(({ text }) => text);
  }

  /** All that a stranger with a full clone has: every object, whatever names it. */
  everything(): string {
    const git = (input: string, ...args: string[]) =>
      execFileSync('git', ['-C', this.repo, ...args], { input, maxBuffer: 1 << 30 }).toString('latin1');
    const oids = git('', 'rev-list', '--all', '--objects').replace(/ .*/g, '');
    return git(oids, 'cat-file', '--batch') + git('', 'for-each-ref') + git('', 'ls-tree', '-r', '-t', 'intercom');
  }
}
