/** A name is registered by its first use, in the commit of that use; a name belongs to one uid. */
import type { Actor, Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { isPerson, personMark } from '../escalation/person.ts';
import { repositoriesPerAgentMax } from '../limits.ts';
import { idOf, labelOf } from '../pattern/repository.ts';
import { agentPath, agentsFolder } from '../record/path.ts';
import type { AgentRecord, ProcessEvidence } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { ended } from '../text.ts';

/**
 * Makes sure that the acting agent stands on the branch as it is now. Writes nothing when the record says so
 * already, so that an operation does not cost a record more than it must.
 */
export function register(draft: Draft, context: Context): Refusal | undefined {
  const { actor, now } = context;
  const known = draft.record(agentPath(actor.name));
  if (known?.kind === 'unreadable') {
    return refuse(
      'name-taken',
      ended(`The record of the agent ${actor.name} cannot be read: ${known.reason}`),
      `Run git intercom doctor, or use another name with --agent.`,
    ).refusal;
  }
  if (known === undefined) {
    const like = sameButForCase(draft, actor.name);
    if (like !== undefined) {
      const message = `The name ${actor.name} is taken: an agent is called ${like}.`;
      return refuse('name-taken', message, `${chooseAnother}.`, { name: actor.name, by: like }).refusal;
    }
  } else if (known.kind === 'agent') {
    if (known.uid !== actor.uid) return takenBy(known, actor);
    if (isCurrent(known, context)) return undefined;
  }
  const before = known?.kind === 'agent' ? known : undefined;
  const { left: _left, person: _person, process, ...kept } = before ?? {};
  draft.put(agentPath(actor.name), {
    v: 1,
    id: actor.uid,
    kind: 'agent',
    agent: actor.name,
    at: now,
    uid: actor.uid,
    state: 'active',
    ...kept,
    ...(process !== undefined && !hasEnded(process, context) && { process }),
    ...whereabouts(context),
    repositories: repositoriesOf(before, actor.repository),
    lastSeen: now,
  });
  return undefined;
}

const chooseAnother = 'Choose another name with --agent, or INTERCOM_AGENT in the environment';

/** To an actor of that name who is another; `next` where something better is known than another name. */
export function takenBy(
  { agent, home, host, repository }: AgentRecord,
  actor: Pick<Actor, 'name' | 'host' | 'home' | 'repository'>,
  next?: string,
): Refusal {
  const isElsewhere = repository !== undefined && idOf(repository) !== idOf(actor.repository ?? '');
  const by = isElsewhere ? `an agent of ${labelOf(repository)}` : 'another agent';
  const where = host === undefined || host === actor.host ? '' : ` on ${host}`;
  const isMovable = !isElsewhere && home !== undefined && typeof actor.home === 'string';
  const moving = isMovable
    ? `; if it is the same agent, which works here now: git intercom --agent ${actor.name} status --here`
    : '';
  return refuse(
    'name-taken',
    `The name ${actor.name} is taken by ${by}${where}.`,
    next ?? `${chooseAnother}${moving}.`,
    { name: actor.name, by: agent },
  ).refusal;
}

/** The name of an agent that is called the same but for the case of its letters. */
export function sameButForCase(draft: Draft, name: string): string | undefined {
  for (const record of draft.folder(agentsFolder)) {
    if (record.agent !== name && record.agent.toLowerCase() === name.toLowerCase()) return record.agent;
  }
  return undefined;
}

function whereabouts({ actor }: Context): Partial<AgentRecord> {
  const { host, home, cwd, branch, worktree, repository, harness, model, parent, process, sealTo } = actor;
  const known = {
    sealTo,
    host,
    home: home ?? undefined,
    ...personMark({ actor }),
    cwd,
    branch,
    worktree,
    repository,
    harness,
    model,
    parent,
    process,
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

/** A person goes from one to the other, and each stays known by it. */
function repositoriesOf(before: AgentRecord | undefined, own: string | undefined): string[] | undefined {
  const known = before?.repositories ?? [];
  if (own === undefined) return before?.repositories;
  return [own, ...known.filter((key) => idOf(key) !== idOf(own))].slice(0, repositoriesPerAgentMax);
}

/** A process that ended says nothing about a session that goes on where its own is not known. */
function hasEnded(process: ProcessEvidence, { processState }: Context): boolean {
  return processState(process) === 'dead';
}

function isCurrent(record: AgentRecord, context: Context): boolean {
  const { actor } = context;
  return (
    record.left === undefined &&
    record.host === actor.host &&
    record.home === (actor.home ?? record.home) &&
    (record.person === true) === isPerson(actor) &&
    record.worktree === (actor.worktree ?? record.worktree) &&
    record.branch === (actor.branch ?? record.branch) &&
    record.repository === (actor.repository ?? record.repository) &&
    record.sealTo === (actor.sealTo ?? record.sealTo) &&
    record.parent === (actor.parent ?? record.parent) &&
    record.process?.pid === (actor.process?.pid ?? record.process?.pid) &&
    record.process?.startTime === (actor.process?.startTime ?? record.process?.startTime) &&
    (actor.process !== undefined || record.process === undefined || !hasEnded(record.process, context))
  );
}
