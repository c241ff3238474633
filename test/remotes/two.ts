/** Two clones of one remote, the second on another machine, and what is asked of them. */
import { expect } from 'vitest';
import { beginTeam, type Clone, makeClone, startOr } from './clones.ts';
import { git } from './git.ts';
import { startDisk } from './servers/disk.ts';
import type { Server, StartServer } from './servers/server.ts';

export const ref = 'refs/heads/intercom';

export async function makeTwo(start: StartServer = startDisk) {
  const server = await startOr(never, start);
  await beginTeam(server);
  return { server, here: await makeClone(server), there: await makeClone(server, { host: 'far-away' }) };
}

/** What is brought, is brought by `sync`, and by a claim. */
export function alone(clone: Clone): Clone {
  return { ...clone, run: (agent, words) => clone.run(agent, words, { env: { INTERCOM_TEST_ALONE: '1' } }) };
}

export function never(reason: string): never {
  throw new Error(reason);
}

export async function sync(clone: Clone) {
  const { exitCode, json, stderr } = await clone.run('keeper', ['sync']);
  if (exitCode !== 0) throw new Error(`sync ended with ${exitCode}: ${stderr}`);
  return json;
}

interface Held {
  readonly agent: string;
  readonly paths: readonly string[];
  readonly state: string;
}

/** As `agent path state`, sorted. */
export async function held(clone: Clone): Promise<string[]> {
  const { json } = await clone.run('keeper', ['claims']);
  return json.claims.map(({ agent, paths, state }: Held) => `${agent} ${paths} ${state}`).sort();
}

export async function unread(clone: Clone, agent: string): Promise<string[]> {
  const { json } = await clone.run(agent, ['peek']);
  return json.messages.map(({ text }: { text: string }) => text);
}

export async function told(clone: Clone): Promise<string> {
  const { json } = await clone.run('keeper', ['doctor']);
  return json.findings.map(({ what, next }: { what: string; next: string }) => `${what} ${next}`).join('\n');
}

/** The story of the branch, oldest first; throws where it is not one line of commits. */
export async function storyOf(server: Server): Promise<string[]> {
  const lines = (await git({}, '-C', server.bare, 'log', '--reverse', '--format=%p|%s', ref)).split('\n');
  const parents = lines.map((line) => line.slice(0, line.indexOf('|')));
  if (parents.slice(1).some((each) => !/^\w+$/.test(each))) throw new Error(`not linear: ${lines.join('\n')}`);
  expect(await git({}, '-C', server.bare, 'fsck', '--strict', '--no-dangling')).toBe('');
  return lines.map((line) => line.slice(line.indexOf('|') + 1));
}
