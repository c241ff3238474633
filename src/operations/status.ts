/** `status`: what an agent says of itself. */
import * as z from 'zod';
import { decideStatus } from '../domain/agent/status.ts';
import { shownClaim } from '../domain/claim/present.ts';
import { agentPath } from '../domain/record/path.ts';
import type { AgentRecord, ClaimRecord } from '../domain/record/record.ts';
import type { View } from '../domain/view.ts';
import { act } from './act.ts';
import { done } from './answer.ts';
import { claimsIn } from './claims.ts';
import { defineOperation } from './define.ts';
import type { Session } from './session.ts';
import { type ShownAgent, shownAgent } from './shown-agent.ts';

export const status = defineOperation({
  name: 'status',
  summary: 'Say what you are doing, so that others see it in who; without anything to say, see your own.',
  effect: 'write',
  input: z.object({
    name: z.string().optional().describe('another name, which must be free'),
    activity: z.string().optional(),
    state: z.enum(['active', 'idle', 'busy', 'blocked']).optional(),
    description: z.string().optional(),
    tags: z.array(z.string()).optional(),
    visibility: z.enum(['visible', 'hidden', 'ghost']).optional(),
  }),
  run: async (input, session) => {
    // Who has no record yet gets one by asking for it: a name is registered by its first use.
    const known = Object.values(input).every((value) => value === undefined) ? await own(session) : undefined;
    if (known !== undefined) return done(known);
    return act(
      session,
      (draft, context) => {
        const decision = decideStatus(draft, input, context);
        if (!decision.ok) return decision;
        const { agent } = decision.result;
        return { ...decision, result: { agent, claims: heldBy(agent, draft.view) } };
      },
      ({ agent, claims }, nowMs, provisional) => shown(agent, claims, nowMs, provisional, session),
    );
  },
});

function own(session: Session): Promise<{ agent: ShownAgent } | undefined> {
  const { store, self } = session;
  return store.read((view, nowMs) => {
    const agent = view.record(agentPath(self.name));
    if (agent?.kind !== 'agent') return undefined;
    return shown(agent, heldBy(agent, view), nowMs, view.provisional, session);
  });
}

/** Under the name that it takes just now. */
function heldBy({ agent, uid }: AgentRecord, view: View): ClaimRecord[] {
  return claimsIn(view).flatMap((claim) => (claim.uid === uid ? [{ ...claim, agent }] : []));
}

function shown(
  agent: AgentRecord,
  claims: readonly ClaimRecord[],
  nowMs: number,
  provisional: ReadonlySet<string>,
  session: Session,
) {
  const held = claims.map((claim) => shownClaim(claim, nowMs, provisional));
  return { agent: shownAgent(agent, held, nowMs, session) };
}
