/** What an agent is told when its session begins: its name, who else is here and holds what, and how guards act. */
import { listed, oneLine } from '../text.ts';
import { leftOf } from '../told.ts';
import type { GuardPolicy } from './policy.ts';

interface Other {
  readonly name: string;
  readonly live: boolean;
  readonly activity: string | null;
  readonly startedBy?: string | undefined;
  readonly claims: readonly { readonly paths: readonly string[]; readonly expires: string }[];
}

const othersTold = 10;

/** A few lines: every session pays for them. */
export function toldWelcome(
  agents: readonly Other[],
  { nowMs, self, policy }: { readonly nowMs: number; readonly self: string; readonly policy: GuardPolicy },
): string {
  const others = agents.filter(({ name, live, claims }) => name !== self && (live || claims.length > 0));
  const more = others.length - othersTold;
  const starter = agents.find(({ name }) => name === self)?.startedBy;
  return [
    `intercom: you are ${self} in this repository. ${rule(policy)}`,
    ...(starter === undefined ? [] : [supervision(starter)]),
    ...(others.length === 0 ? ['Nobody else is here now.'] : ['Others here:']),
    ...others.slice(0, othersTold).map((other) => `- ${told(other, self, nowMs)}`),
    ...(more > 0 ? [`and ${more} more: who.`] : []),
  ].join('\n');
}

/** Whoever was started for a part of the work knows whom to ask, without having been told in its prompt. */
function supervision(starter: string): string {
  return `The session of ${starter} started yours: put to it what you cannot decide (ask ${starter}, with decision).`;
}

function rule({ edits, autoClaim }: GuardPolicy): string {
  if (edits === 'off') return 'Edits are not held against the claims of others.';
  const first = autoClaim ? ', and a free file is claimed by your first edit of it' : '';
  const taken = { refuse: 'is refused', warn: 'is warned of once', ask: 'is asked about' }[edits];
  return `An edit of what another agent claims ${taken}${first}.`;
}

function told({ name: bare, activity, claims, startedBy }: Other, self: string, nowMs: number): string {
  const name = startedBy === self ? `${bare} (started by you)` : bare;
  const [first] = claims;
  const paths = claims.flatMap((claim) => claim.paths);
  const held = first === undefined ? 'holds nothing' : `holds ${listed(paths, 4)} (${leftOf(first.expires, nowMs)})`;
  return activity === null ? `${name} ${held}` : `${name} ${held}: ${oneLine(activity, 120)}`;
}
