/** What a change of an agent's own record says. Where it works and when it was seen is no news. */
import type { AgentRecord } from '../record/record.ts';
import { oneLine } from '../text.ts';
import type { Notice, NoticeKind, Watcher } from './notice.ts';

export function agentNotices(
  before: AgentRecord | undefined,
  after: AgentRecord | undefined,
  { name, now }: Watcher,
  renamed: ReadonlyMap<string, string>,
): Notice[] {
  const record = after ?? before;
  if (record === undefined) return [];
  const { agent, uid: id } = record;
  const tell = (kind: NoticeKind, text: string): Notice[] => [
    { kind, at: after?.lastSeen ?? now, agent, id, paths: [], text, forYou: agent === name },
  ];
  const former = renamed.get(id);
  if (former !== undefined) return after === undefined ? [] : tell('status', `${former} is called ${agent} now`);
  if (after === undefined || (after.left !== undefined && before?.left === undefined)) {
    return tell('left', `${agent} left`);
  }
  if (before === undefined || (before.left !== undefined && after.left === undefined)) {
    return tell('joined', `${agent} joined`);
  }
  if (before.state === after.state && before.activity === after.activity) return [];
  return tell(
    'status',
    `${agent} is ${after.state}${after.activity === undefined ? '' : `: ${oneLine(after.activity)}`}`,
  );
}
