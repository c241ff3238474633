/** How a refused claim is told: who holds what, why, for how long, and what to run next. */
import { hiddenName, holderWord } from '../agent/visibility.ts';
import type { Context } from '../decision.ts';
import { refuse } from '../refusal.ts';
import { pathWord } from '../shell-word.ts';
import { counted, ended, listed, oneLine } from '../text.ts';
import { formatDuration, msOf } from '../time.ts';
import type { Rival } from './conflict.ts';
import type { Cycle } from './cycle.ts';

/** Of a claim that nobody can read: there is nobody to ask or to wait for. */
export const mendUnreadable = 'git intercom doctor: it shows the record and can set it aside';

export function conflictRefusal(paths: readonly string[], rivals: readonly Rival[], context: Context) {
  const [first] = rivals;
  const others = rivals.length > 1 ? ` (and ${counted(rivals.length - 1, 'more rival')})` : '';
  const message = ended(`${first === undefined ? listed(paths) : sentence(first, context)}${others}`);
  const wait = `git intercom claim ${paths.map(pathWord).join(' ')} --wait`;
  const isNamed = first !== undefined && first.agent !== hiddenName;
  const ask = !isNamed ? '' : `, or git intercom send ${first.agent} "…"`;
  const next =
    first?.state === 'unreadable'
      ? `Run ${mendUnreadable}.`
      : `Run ${wait} to stand in line${ask}, or claim another path.`;
  return refuse('claim-conflict', message, next, { rivals });
}

/** Without a full stop: `src/auth.ts is claimed by ada until 14:05 UTC, 12m left (split login)`. */
export function sentence(rival: Rival, context: Pick<Context, 'nowMs'>): string {
  const what = oneLine(listed(rival.overlap));
  if (rival.state === 'unreadable') return `${what} is held by claim ${rival.id}, and ${rival.why}`;
  const why = rival.why === null ? '' : `: ${oneLine(rival.why, 120)}`;
  const on = rival.branch === null ? '' : ` on ${oneLine(rival.branch, 60)}`;
  const who = holderWord(rival);
  if (rival.state === 'waits') return `${who}${on} already waits for ${what}${why}`;
  const are = rival.overlap.length === 1 ? 'is' : 'are';
  return `${what} ${are} claimed by ${who}${on}${left(rival, context.nowMs)}${why}`;
}

function left({ expires }: Rival, nowMs: number): string {
  if (expires === null) return '';
  const seconds = (msOf(expires) - nowMs) / 1000;
  return seconds > 0 ? ` for ${formatDuration(seconds)} more` : `, lapsed ${formatDuration(-seconds)} ago`;
}

export function cycleRefusal(paths: readonly string[], { names, place }: Cycle, rivals: readonly Rival[]) {
  const [first, ...others] = names;
  const next =
    place === undefined
      ? `Release what ${names[names.length - 2] ?? 'the other agent'} waits for, or ask for it with git intercom send.`
      : `Go on with your own place for ${listed(place.paths)} first: git intercom claim --id ${place.id}; or give it up: git intercom release ${place.id}.`;
  return refuse(
    'wait-cycle',
    `Waiting for ${listed(paths)} would never end: ${first} waits for ${others.join(', who waits for ')}.`,
    next,
    { cycle: names, rivals },
  );
}
