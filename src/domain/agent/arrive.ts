/** A session takes its name: a new one, or the one that it had before. A name whose session lives is refused to another. */
import type { Actor, Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { agentPath } from '../record/path.ts';
import type { AgentRecord, ProcessEvidence } from '../record/record.ts';
import { refuse } from '../refusal.ts';
import { register } from './register.ts';
import { isSameProcess } from './same-process.ts';

export interface ArriveIntent {
  /** The process above the actor's: whoever named that one meant the same session. */
  readonly within?: ProcessEvidence | undefined;
}

/** Writes nothing when the record says already that this session is here. */
export function decideArrive(draft: Draft, intent: ArriveIntent, context: Context): Decision<{ agent: AgentRecord }> {
  const { actor } = context;
  const known = draft.record(agentPath(actor.name));
  if (known?.kind === 'agent' && isOfAnother(known, intent, context)) {
    return refuse(
      'name-taken',
      `The name ${actor.name} is taken: process ${known.process?.pid} on ${known.process?.host} acts under it now.`,
      'End that session, or choose another name with INTERCOM_AGENT in the environment.',
      { name: actor.name, by: known.agent },
    );
  }
  const refusal = register(draft, context);
  if (refusal !== undefined) return { ok: false, refusal };
  const agent = draft.record(agentPath(actor.name)) as AgentRecord;
  const where = agent.branch === undefined ? '' : ` on ${agent.branch}`;
  const by = agent.harness === undefined ? '' : ` (${agent.harness})`;
  return {
    ok: true,
    result: { agent },
    headline: { op: 'arrive', subject: `${agent.agent}${by} is here${where}`, ids: [agent.uid] },
  };
}

/** An act without a process of its own (a command typed in the session's shell) is the session's. */
export function isOfAnother(
  { left, process }: AgentRecord,
  { within }: ArriveIntent,
  { actor: { process: own }, processState }: { readonly actor: Pick<Actor, 'process'> } & Pick<Context, 'processState'>,
): boolean {
  if (left !== undefined || process === undefined || own === undefined) return false;
  if (isSameProcess(process, own) || (within !== undefined && isSameProcess(process, within))) return false;
  return processState(process) === 'alive';
}
