/** What an agent says of itself: state, activity, description, tags, visibility, another name, and leaving. */
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { activityCharsMax, descriptionCharsMax, tagsMax } from '../limits.ts';
import { agentPath } from '../record/path.ts';
import type { AgentRecord, AgentState } from '../record/record.ts';
import { refuse } from '../refusal.ts';
import { oneLine } from '../text.ts';
import { register } from './register.ts';
import { rename } from './rename.ts';

export interface StatusIntent {
  /** What it wants to be called from now on. */
  readonly name?: string | undefined;
  readonly activity?: string | undefined;
  readonly state?: AgentState | undefined;
  readonly description?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly visibility?: 'visible' | 'hidden' | 'ghost' | undefined;
}

/** An empty activity or description takes the old one away. */
export function decideStatus(draft: Draft, intent: StatusIntent, context: Context): Decision<{ agent: AgentRecord }> {
  if ((intent.tags?.length ?? 0) > tagsMax) {
    return refuse('too-many', `An agent has at most ${tagsMax} tags.`, 'Leave some out.');
  }
  const refusal = register(draft, context);
  if (refusal !== undefined) return { ok: false, refusal };
  const { name: former } = context.actor;
  const name = intent.name ?? former;
  const taken = rename(draft, name, context);
  if (taken !== undefined) return { ok: false, refusal: taken };
  const path = agentPath(name);
  const before = draft.record(path) as AgentRecord;
  const after: AgentRecord = {
    ...before,
    ...(intent.state !== undefined && { state: intent.state }),
    ...(intent.activity !== undefined && { activity: oneLine(intent.activity, activityCharsMax) || undefined }),
    ...(intent.description !== undefined && {
      description: oneLine(intent.description, descriptionCharsMax) || undefined,
    }),
    ...(intent.tags !== undefined && { tags: intent.tags.map((tag) => oneLine(tag, 64)) }),
    ...(intent.visibility !== undefined && { visibility: intent.visibility }),
    lastSeen: context.now,
  };
  draft.put(path, after);
  const said = [intent.state, after.activity].filter((part) => part !== undefined).join(': ');
  const headline =
    name === former
      ? { op: 'status', subject: `status ${name}: ${oneLine(said || 'updated', 80)}`, ids: [after.uid] }
      : { op: 'rename', subject: `${former} is called ${name} now`, ids: [after.uid] };
  return { ok: true, result: { agent: after }, headline };
}
