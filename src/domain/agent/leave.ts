/**
 * A session ends: others see that it left. Its claims stay until they are released or lapse, for a session that is
 * resumed goes on with them; its mail waits for it.
 */
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { agentPath } from '../record/path.ts';
import type { ProcessEvidence } from '../record/record.ts';
import { isSameProcess } from './same-process.ts';

/** Writes nothing for one who is not registered, has left, or whose name another process took over meanwhile. */
export function decideLeave(draft: Draft, { actor, now }: Context): Decision<undefined> {
  const record = draft.record(agentPath(actor.name));
  const isHere = record?.kind === 'agent' && record.uid === actor.uid && record.left === undefined;
  if (isHere && isOwn(record.process, actor.process)) {
    const { process: _process, ...kept } = record;
    draft.put(agentPath(actor.name), { ...kept, lastSeen: now, left: now });
  }
  return {
    ok: true,
    result: undefined,
    headline: { op: 'leave', subject: `${actor.name} left`, ids: [actor.uid] },
  };
}

function isOwn(process: ProcessEvidence | undefined, own: ProcessEvidence | undefined): boolean {
  return process === undefined || own === undefined ? process === own : isSameProcess(process, own);
}
