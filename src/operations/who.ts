/** `who`: who takes part and what they hold; with paths, everything that is known about who touches them. */
import * as z from 'zod';
import { isListed, namesFor, withName } from '../domain/agent/visibility.ts';
import { type ShownClaim, type ShownWaiting, shownClaim, shownWaiting } from '../domain/claim/present.ts';
import type { ShownEscalation } from '../domain/escalation/present.ts';
import type { ShownLanding } from '../domain/landing/present.ts';
import { idOf, localPattern } from '../domain/pattern/repository.ts';
import { agentsFolder } from '../domain/record/path.ts';
import type { Claimed } from '../domain/record/patterns.ts';
import type { AgentRecord } from '../domain/record/record.ts';
import type { View } from '../domain/view.ts';
import { done } from './answer.ts';
import { claimsIn, isOn, type UnreadableClaim, unreadableIn, waitingIn } from './claims.ts';
import { defineOperation } from './define.ts';
import { escalationsIn, shownEscalations } from './escalations.ts';
import { landingsOn } from './landing.ts';
import { namedPaths } from './named-paths.ts';
import { type AgentAtWork, withOpenWork } from './open-work.ts';
import type { Session } from './session.ts';
import { type ShownAgent, shownAgent } from './shown-agent.ts';
import { changesOnEach, type UnclaimedChange } from './unclaimed.ts';
import { waitsIn } from './waits.ts';

export interface PathReport {
  readonly path: string;
  readonly claims: readonly ShownClaim[];
  readonly waiting: readonly ShownWaiting[];
  /** Finished but not merged, one's own too. */
  readonly landing: readonly ShownLanding[];
  readonly changes: readonly UnclaimedChange[];
  /** Of nobody that is known, and in everybody's way; only where there are some. */
  readonly unreadable?: readonly UnreadableClaim[];
}

export interface WhoResult {
  readonly agents: readonly AgentAtWork[];
  /** How many others are here and not listed. */
  readonly hidden: number;
  /** How many have left, where nobody else is listed; absent when none has. */
  readonly left?: number;
  /** What waits for a person; only when no paths were asked for. */
  readonly escalations?: readonly ShownEscalation[];
  /** Only when paths were asked for. */
  readonly paths?: readonly PathReport[];
}

export const who = defineOperation({
  name: 'who',
  summary: 'See who is here and what they hold; with paths: who claims, waits for, or has changed them.',
  effect: 'read',
  input: z.object({
    paths: z.array(z.string().min(1)).max(100).default([]),
    scope: z
      .enum(['repo', 'hub', 'machine'])
      .optional()
      .describe('of this repository, of all in its hub, or those of the hub on this machine; hub where there is one'),
    all: z.boolean().default(false).describe('also those who left'),
  }),
  run: async (input, session) => {
    const asked = await Promise.all(input.paths.map((path) => namedPaths([path], session)));
    const scope = input.scope ?? (session.store.place.repository === null ? 'repo' : 'hub');
    const known = await session.store.read((view, nowMs) => ({
      agents: listedAgentsIn(view, nowMs, input.all, session).filter((agent) => isInScope(agent, scope, session)),
      hidden: agentsIn(view, nowMs, input.all, session).filter(
        (agent) => isCounted(agent, session) && isInScope(agent, scope, session),
      ).length,
      everybody: listedAgentsIn(view, nowMs, true, session).filter((agent) => isInScope(agent, scope, session)).length,
      escalations: escalationsIn(view, { name: session.self.name, isPerson: true }),
      reports: asked.map((named) => ({
        claims: claimsIn(view)
          .filter((claim) => isOn(claim, named, view))
          .map((claim) => withName(shownClaim(claim, nowMs, view.provisional), namesFor(view, session.self.name))),
        waiting: waitingIn(view)
          .filter((waiting) => isOn(waiting, named, view))
          .map((waiting) => withName(shownWaiting(waiting), namesFor(view, session.self.name))),
        unreadable: unreadableIn(view, named),
      })),
    }));
    const agents = await withOpenWork(known.agents, session);
    if (asked.length === 0) {
      const escalations = await shownEscalations(known.escalations, session);
      const left = agents.length === 0 && known.everybody > 0 ? { left: known.everybody } : {};
      return done<WhoResult>({ agents, hidden: known.hidden, ...left, escalations });
    }
    const own = session.store.place.repository;
    const here = asked.map(({ paths }) => paths.flatMap((path) => localPattern(path, own) ?? []));
    const neighbours = known.agents.filter((agent) => isInScope(agent, 'repo', session));
    const patterns = [...new Set(here.flat())];
    const found = await changesOnEach(patterns, neighbours, session);
    const reports: PathReport[] = [];
    for (const [n, { unreadable, ...held }] of known.reports.entries()) {
      const landing = await landingsOn(asked[n] as Claimed, session);
      const changes = (here[n] ?? []).flatMap((pattern) => found[patterns.indexOf(pattern)] ?? []);
      const path = input.paths[n] as string;
      reports.push({ path, ...held, landing, changes, ...(unreadable.length > 0 && { unreadable }) });
    }
    return done<WhoResult>({ agents, hidden: known.hidden, paths: reports });
  },
});

/** Where several repositories share the branch, an agent whose repository nobody noted is of any. */
function isInScope(
  { repository, host }: ShownAgent,
  scope: 'repo' | 'hub' | 'machine',
  { store, self }: Session,
): boolean {
  if (scope === 'machine') return host === null || host === self.host;
  const own = store.place.repository;
  return scope === 'hub' || own === null || repository === null || idOf(repository) === idOf(own);
}

/** Without others that hide themselves. */
export function listedAgentsIn(view: View, nowMs: number, all: boolean, session: Session): ShownAgent[] {
  return agentsIn(view, nowMs, all, session).filter((agent) => isListed(agent) || agent.name === session.self.name);
}

/** A ghost is not even that. */
function isCounted({ visibility, name }: ShownAgent, { self }: Session): boolean {
  return visibility === 'hidden' && name !== self.name;
}

/** Live ones first, then those seen last. */
export function agentsIn(view: View, nowMs: number, all: boolean, session: Session): ShownAgent[] {
  const claimsByUid = new Map<string, ShownClaim[]>();
  for (const claim of claimsIn(view)) {
    claimsByUid.set(claim.uid, [...(claimsByUid.get(claim.uid) ?? []), shownClaim(claim, nowMs, view.provisional)]);
  }
  const names = namesFor(view, session.self.name);
  const waits = waitsIn(view, nowMs, names);
  const startedBy = (parent: string | undefined) => {
    const found = [...view.folder(agentsFolder).values()].find((each) => each.kind === 'agent' && each.uid === parent);
    return found?.kind === 'agent' && names(found.agent) === found.agent ? { startedBy: found.agent } : {};
  };
  return [...view.folder(agentsFolder).values()]
    .filter((record): record is AgentRecord => record.kind === 'agent' && (all || record.left === undefined))
    .map((agent) => {
      const shown = shownAgent(agent, claimsByUid.get(agent.uid) ?? [], nowMs, session);
      const waitsFor = waits.get(agent.uid) ?? [];
      const state = waitsFor.length > 0 && agent.left === undefined ? ('blocked' as const) : shown.state;
      return { ...shown, state, ...(agent.parent !== undefined && startedBy(agent.parent)), waitsFor };
    })
    .sort(
      (a, b) => Number(b.live) - Number(a.live) || (a.lastSeen < b.lastSeen ? 1 : -1) || (a.name < b.name ? -1 : 1),
    );
}
