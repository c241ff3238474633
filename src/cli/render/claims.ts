/** Claims and the queue as text. */
import type { ShownClaim, ShownWaiting } from '../../domain/claim/present.ts';
import { shortId } from '../../domain/id.ts';
import { type ShownLanding, toldLandings } from '../../domain/landing/present.ts';
import { formatDuration, msOf } from '../../domain/time.ts';
import type { Granted } from '../../operations/claim.ts';
import type { UnreadableClaim } from '../../operations/claims.ts';
import { alignedOrBelow } from '../columns.ts';
import type { Telling } from '../command.ts';
import { ago, idWord, leaseLeft, nameWord, pathsWord } from './words.ts';

/** A grant, and how it is given back; of a rehearsal only what would be granted. */
export function renderGrant({ claim, dryRun, over, provisional, landing = [] }: Granted, telling: Telling): string {
  const { terminal } = telling;
  if (over) {
    const paths = pathsWord(claim.paths, telling);
    return `Claimed ${paths} ${ago(claim.since, telling)}, and you hold that claim no more. ${terminal.paint('dim', `id ${shortId(claim.id)}`)}`;
  }
  const shared = claim.mode === 'shared' ? ' together with others' : '';
  const state =
    provisional === undefined ? '' : terminal.paint('yellow', ', provisionally: others elsewhere may have it, too');
  const verb = terminal.paint('green', dryRun ? 'Would claim' : 'Claimed');
  const head = `${verb} ${pathsWord(claim.paths, telling)}${shared}, ${leaseLeft(claim.expires, telling)}${state}.`;
  if (dryRun) return head;
  // By its id: a path would have to be typed from the folder where one stands.
  const rest = `id ${claim.id}, token ${claim.token ?? 'none yet'}. When done: git intercom release ${shortId(claim.id)}`;
  return [
    head,
    ...(provisional === undefined ? [] : [`  ${provisional.why} ${provisional.next}`]),
    `  ${terminal.paint('dim', rest)}`,
    ...landing.map((note) => `  ${landingLine(note, telling)}`),
  ].join('\n');
}

export function landingLine(note: ShownLanding, { terminal }: Pick<Telling, 'terminal'>): string {
  return `${terminal.paint('yellow', 'not merged:')} ${toldLandings([note])}`;
}

/** Nobody can tell whose it is; it stands in everybody's way until it is put aside. */
export function renderUnreadable({ id, paths, reason }: UnreadableClaim, telling: Telling): string {
  const { paint } = telling.terminal;
  const held = `${paint('yellow', 'unreadable:')} claim ${id} holds ${pathsWord(paths, telling)}, for its record cannot be read: ${reason}.`;
  return `${held}\n${paint('cyan', 'next:')}  Run git intercom doctor.`;
}

/** `30m left, shared, provisional`: it is read also beside the longest paths. A branch behind it may be cut. */
const stateColumns = 29;

export function renderClaims(
  claims: readonly ShownClaim[],
  waiting: readonly ShownWaiting[],
  telling: Telling,
  none = 'Nothing is claimed.',
): string {
  const { terminal } = telling;
  if (claims.length === 0 && waiting.length === 0) return none;
  const held = claims.map((claim) => [
    idWord(claim.id, telling),
    nameWord(claim.agent, telling),
    pathsWord(claim.paths, telling),
    [
      claim.offeredUntil === null
        ? leaseLeft(claim.expires, telling)
        : offered(claim.offeredUntil, claim.lapsed, telling),
      claim.mode === 'shared' ? 'shared' : '',
      claim.state === 'provisional' ? 'provisional' : '',
      claim.branch === null ? '' : `on ${claim.branch}`,
    ]
      .filter((part) => part !== '')
      .join(', '),
    claim.why ?? '',
  ]);
  const queued = waiting.map((each) => [
    idWord(each.id, telling),
    nameWord(each.agent, telling),
    pathsWord(each.paths, telling),
    terminal.paint('yellow', `waiting for ${formatDuration((telling.nowMs - msOf(each.since)) / 1000)}`),
    each.why ?? '',
  ]);
  return alignedOrBelow([...held, ...queued], terminal.columns, { column: 2, kept: stateColumns }).join('\n');
}

export function renderRenewed(claims: readonly ShownClaim[], telling: Telling): string {
  return claims.map((claim) => changed('Renewed', claim, `, ${leaseLeft(claim.expires, telling)}`, telling)).join('\n');
}

export function renderHandedOver(claims: readonly ShownClaim[], telling: Telling): string {
  return claims
    .map((claim) => {
      const to = nameWord(claim.agent, telling);
      return changed('Handed', claim, ` to ${to}, ${leaseLeft(claim.expires, telling)}`, telling);
    })
    .join('\n');
}

/** With all of it there may have been nothing at all. */
export function renderReleased(claims: readonly ShownClaim[], left: readonly ShownWaiting[], telling: Telling): string {
  if (claims.length + left.length === 0) return 'You hold nothing and wait for nothing.';
  const released = claims.map((claim) => {
    const of = claim.agent === telling.self ? '' : ` of ${nameWord(claim.agent, telling)}, who is told`;
    return changed('Released', claim, of, telling);
  });
  return [...released, ...left.map((place) => changed('Left the line for', place, '', telling))].join('\n');
}

function changed(verb: string, { id, paths }: ShownClaim | ShownWaiting, rest: string, telling: Telling): string {
  const { paint } = telling.terminal;
  return `${paint('green', verb)} ${pathsWord(paths, telling)}${rest}. ${paint('dim', `id ${shortId(id)}`)}`;
}

/** Granted to a waiter who has not come for it yet. When that is over, it goes on to the next with the next write. */
function offered(until: string, lapsed: boolean, { nowMs, terminal }: Telling): string {
  const seconds = (msOf(until) - nowMs) / 1000;
  return terminal.paint(
    'yellow',
    seconds > 0 && !lapsed ? `offered for ${formatDuration(seconds)} more` : 'offered, and not taken',
  );
}
