/**
 * Whose name it is that a session was given by word (`--agent`, `INTERCOM_AGENT`). Nothing else tells two machines apart on
 * which the same word is said: there they are two agents, and who was first at the authority has the name.
 */
import { idOf } from '../pattern/repository.ts';
import { agentPath, agentsFolder } from '../record/path.ts';
import type { AgentRecord } from '../record/record.ts';
import type { View } from '../view.ts';
import { formerHolder, nameInView } from './former.ts';

export interface Given {
  readonly name: string;
  /** By which the name registers on this machine; undefined where the machine keeps nothing. */
  readonly uid: string | undefined;
  /** Whose word it is; null where the machine keeps nothing. */
  readonly home: string | null;
  readonly host: string;
  /** What the repository is called in its hub; undefined without one. */
  readonly repository: string | undefined;
}

/** The name that it has by now, and the uid that it acts by: none where it is new here, or another's. */
export function givenAgent(view: View, given: Given): { readonly name: string; readonly uid: string | undefined } {
  const name = nameInView(view, given);
  const record = view.record(agentPath(name));
  if (record === undefined) {
    const former = formerHolder(view.folder(agentsFolder).values(), name);
    return former !== undefined && isHere(former, given)
      ? { name: former.agent, uid: former.uid }
      : { name, uid: given.uid };
  }
  if (record.kind !== 'agent') return { name, uid: given.uid };
  if (isHere(record, given)) return { name, uid: record.uid };
  // One that was brought to another machine is this one's no more.
  return { name, uid: record.uid === given.uid ? undefined : given.uid };
}

/** What a word made knows its machine; any other agent of this machine may be spoken for in its shell. */
function isHere({ home, host, repository }: AgentRecord, given: Given): boolean {
  if (repository !== undefined && idOf(repository) !== idOf(given.repository ?? '')) return false;
  return home === undefined ? host === undefined || host === given.host : home === given.home;
}
