/** Claims and the queue as text. */
import type { ShownClaim, ShownWaiting } from '../../domain/claim/present.ts';
import type { Telling } from '../command.ts';
import { aligned } from '../terminal.ts';
import { ago, idWord, leaseLeft, nameWord, pathsWord } from './words.ts';

export function renderGrant(claim: ShownClaim, telling: Telling, verb: string): string {
  const { terminal } = telling;
  const shared = claim.mode === 'shared' ? ' together with others' : '';
  const state = claim.state === 'provisional' ? terminal.paint('yellow', ', provisional until the remote has it') : '';
  const head = `${terminal.paint('green', verb)} ${pathsWord(claim.paths, telling)}${shared}, ${leaseLeft(claim.expires, telling)}${state}.`;
  const id = `  id ${claim.id}, token ${claim.token ?? 'none yet'}`;
  return `${head}\n${terminal.paint('dim', id)}`;
}

export function renderClaims(
  claims: readonly ShownClaim[],
  waiting: readonly ShownWaiting[],
  telling: Telling,
): string {
  const { terminal } = telling;
  if (claims.length === 0 && waiting.length === 0) return 'Nothing is claimed.';
  const held = claims.map((claim) => [
    idWord(claim.id, telling),
    nameWord(claim.agent, telling),
    pathsWord(claim.paths, telling),
    [
      leaseLeft(claim.expires, telling),
      claim.mode === 'shared' ? 'shared' : '',
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
    terminal.paint('yellow', `waits since ${ago(each.since, telling)}`),
    each.why ?? '',
  ]);
  return aligned([...held, ...queued], terminal.columns).join('\n');
}

export function renderChangedClaims(verb: string, claims: readonly ShownClaim[], telling: Telling): string {
  const { terminal } = telling;
  if (claims.length === 0) return 'There was nothing to do.';
  return claims
    .map((claim) => `${terminal.paint('green', verb)} ${pathsWord(claim.paths, telling)} ${idWord(claim.id, telling)}`)
    .join('\n');
}
