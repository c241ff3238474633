/** What a case of the list is, and what its transactions record. */
import type { Edit } from '../../src/domain/draft.ts';
import { agentPath, fencePath } from '../../src/domain/record/path.ts';
import type { AgentRecord, FenceRecord } from '../../src/domain/record/record.ts';
import type { Proposal, Store } from '../../src/store/port.ts';

export type Open = () => Store;

export interface Case {
  readonly title: string;
  readonly run: (open: Open) => Promise<void>;
}

export const at = '2026-01-02T03:04:05.678Z';

export function agent(name: string, activity = 'tests'): Edit & { record: AgentRecord } {
  const record = { v: 1, id: name, kind: 'agent', agent: name, at, uid: 'u1', state: 'active', activity, lastSeen: at };
  return { path: agentPath(name), record: record as AgentRecord };
}

export function fence(counter: number): Edit {
  const record: FenceRecord = { v: 1, id: 'fence', kind: 'fence', agent: 'ada', at, epoch: 1, counter };
  return { path: fencePath, record };
}

export function proposal<T>(edits: readonly Edit[], result: T, subject = 'a test'): Proposal<T> {
  return {
    ok: true,
    result,
    edits,
    agent: 'ada',
    uid: 'u1',
    headline: { op: 'test', subject, ids: ['i1', 'i2'], paths: ['a.ts'] },
  };
}

export function put(store: Store, ...edits: readonly Edit[]) {
  return store.transact(() => proposal(edits, undefined));
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

export async function commitsOf(store: Store): Promise<string[]> {
  return (await all(store.history())).filter(({ op }) => op === 'test').map(({ subject }) => subject);
}

export async function namesOf(store: Store): Promise<string[]> {
  return (await all(store.scan('agents'))).map(([path]) => path).sort();
}

export async function firstTip(store: Store) {
  const stop = new AbortController();
  for await (const tip of store.tips(stop.signal)) return tip;
  throw new Error('tips ended at once');
}
