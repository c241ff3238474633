/**
 * Names that an agent had before it took another: they lead to it, until somebody else registers under one of them.
 */
import type { Draft } from '../draft.ts';
import { agentPath, agentsFolder } from '../record/path.ts';
import type { AgentRecord, AnyRecord } from '../record/record.ts';
import type { View } from '../view.ts';

interface Called {
  readonly name: string;
  readonly uid?: string | undefined;
}

/** Whoever was called so, and is not any more; of several the one whose latest former name it is. */
export function formerHolder(agents: Iterable<AnyRecord>, name: string): AgentRecord | undefined {
  let found: AgentRecord | undefined;
  let place = Number.POSITIVE_INFINITY;
  for (const record of agents) {
    const at = record.kind === 'agent' ? (record.formerly ?? []).indexOf(name) : -1;
    if (at < 0 || at > place || (at === place && found !== undefined && found.agent < (record as AgentRecord).agent))
      continue;
    found = record as AgentRecord;
    place = at;
  }
  return found;
}

function findByUid(agents: Iterable<AnyRecord>, uid: string | undefined): AgentRecord | undefined {
  for (const record of agents) if (record.kind === 'agent' && record.uid === uid) return record;
  return undefined;
}

/**
 * What the agent that is known by this name is called now. With a uid only its own record counts: a stranger who comes
 * under a former name of somebody takes that name. Reads all agents only where the name is nobody's or another's.
 */
function nameNow(reader: Pick<View, 'record'>, agents: () => Iterable<AnyRecord>, { name, uid }: Called): string {
  const record = reader.record(agentPath(name));
  const isIts = record !== undefined && (record.kind !== 'agent' || uid === undefined || record.uid === uid);
  if (isIts) return name;
  // A name that another has by now: what this one is called instead its own record says.
  const own = record !== undefined && findByUid(agents(), uid);
  if (own) return own.agent;
  const holder = formerHolder(agents(), name);
  return holder !== undefined && (uid === undefined || holder.uid === uid) ? holder.agent : name;
}

/** The same of a view, and of a draft below. */
export function nameInView(view: View, called: Called): string {
  return nameNow(view, () => view.folder(agentsFolder).values(), called);
}

export function nameIn(draft: Pick<Draft, 'record' | 'folder'>, called: Called): string {
  return nameNow(draft, () => draft.folder(agentsFolder), called);
}
