/**
 * Who works by which version: each agent's record has the specs that it read last. Reading makes no commit, so that it is known to
 * others with the reader's next one.
 */
import type { Names } from '../agent/visibility.ts';
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { readsKeptMax } from '../limits.ts';
import { agentPath } from '../record/path.ts';
import type { AgentRecord, AnyRecord } from '../record/record.ts';
import type { Instant } from '../time.ts';

export type SpecRead = NonNullable<AgentRecord['reads']>[number];

export interface SpecReader {
  readonly agent: string;
  readonly version: number;
  readonly at: Instant;
}

/** Into the record of the acting agent, the last one first. Nothing where it has none, or has them already. */
export function noteReads(draft: Draft, reads: readonly SpecRead[], { actor }: Pick<Context, 'actor'>): void {
  const record = draft.record(agentPath(actor.name));
  if (reads.length === 0 || record?.kind !== 'agent' || record.uid !== actor.uid) return;
  const known = record.reads ?? [];
  const last = new Map<string, SpecRead>();
  for (const read of [...known.toReversed(), ...reads]) {
    last.delete(read.spec);
    last.set(read.spec, read);
  }
  const after = [...last.values()].toReversed().slice(0, readsKeptMax);
  if (JSON.stringify(after) !== JSON.stringify(known)) draft.put(agentPath(actor.name), { ...record, reads: after });
}

/** By name. Who has left, or hides from those who ask, is not told. */
export function readersOf(spec: string, agents: Iterable<AnyRecord>, names: Names): SpecReader[] {
  const found: SpecReader[] = [];
  for (const record of agents) {
    if (record.kind !== 'agent' || record.left !== undefined || names(record.agent) !== record.agent) continue;
    const read = record.reads?.find((each) => each.spec === spec);
    if (read !== undefined) found.push({ agent: record.agent, version: read.version, at: read.at });
  }
  return found.sort((a, b) => (a.agent < b.agent ? -1 : 1));
}
