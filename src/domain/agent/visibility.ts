/**
 * Who is shown to whom: manners among those who use these tools, and no secret, for whoever has the branch can read it.
 *
 * A visible agent is listed, and meant by `all`. A hidden one is counted and not listed, is not meant by `all`, and is
 * reached by those who know its name. A ghost is not even counted, and is reached by answers to its own messages alone.
 * What either of them claims binds like any claim, and is shown without the name. Who writes to somebody, enters a room or
 * publishes a spec is named there, and the history names everybody.
 */
import { shortId } from '../id.ts';
import { agentPath } from '../record/path.ts';
import type { AgentRecord, AnyRecord } from '../record/record.ts';

/** Stands where a name would. No agent can be called so. */
export const hiddenName = '(hidden)';

/** To the agent itself. */
export const toldHiding = {
  hidden: 'hidden: counted, not listed; whoever knows your name reaches you',
  ghost: 'ghost: not counted; nobody reaches you but by answers',
} as const;

export type Names = (name: string) => string;

export function isListed({ visibility }: Pick<AgentRecord, 'visibility'>): boolean {
  return visibility === undefined || visibility === 'visible';
}

export function isGhost({ visibility }: Pick<AgentRecord, 'visibility'>): boolean {
  return visibility === 'ghost';
}

/** Names as `self` is shown them, its own as it is. Reads the record of each name that it is asked for. */
export function namesFor(
  reader: { readonly record: (path: string) => AnyRecord | undefined },
  self: string | undefined,
): Names {
  return (name) => {
    const record = name === self ? undefined : reader.record(agentPath(name));
    return record?.kind === 'agent' && !isListed(record) ? hiddenName : name;
  };
}

export function withName<T extends { readonly agent: string }>(each: T, names: Names): T {
  return { ...each, agent: names(each.agent) };
}

/** In a sentence, of who holds something: without the name the claim is told by its id. */
export function holderWord({ agent, id }: { readonly agent: string; readonly id: string }): string {
  return agent === hiddenName ? `${hiddenName}, id ${shortId(id)},` : agent;
}
