/** How the holder of a claim learns that it does not hold: at once where somebody waits for the answer, else by notice. */
import { hiddenName, namesFor, withName } from '../agent/visibility.ts';
import { obstacles, type Rival } from '../claim/conflict.ts';
import { shortId } from '../id.ts';
import { notify } from '../message/notify.ts';
import { inboxFolder } from '../record/path.ts';
import { patternsOf } from '../record/patterns.ts';
import type { ClaimRecord, WaitingRecord } from '../record/record.ts';
import { listed, oneLine } from '../text.ts';
import type { Round } from './round.ts';

/** The claim is not written; a place in the queue that it came out of stays as it is. */
export function withdraw(claim: ClaimRecord, by: Rival, round: Round): void {
  const { id, agent, uid, paths } = claim;
  const rival = withName(by, namesFor(round.draft, agent));
  round.withdrawn.push({ id, agent, uid, paths, rival });
  if (round.isAwaited(id) || isTold(agent, id, round)) return;
  const what = oneLine(listed(paths), 120);
  notify(round.draft, round.context, {
    to: agent,
    subject: `Your claim on ${what} was withdrawn: ${verdictOf(rival)}`,
    text: `${shortId(id)} was granted in this clone before it had heard of the remote, where ${verdictOf(rival)}. Stop editing ${what}; run git intercom claim with --wait${orAsk(rival)}.`,
    about: { what: 'withdrawn', claims: [id] },
  });
}

/** A place in the queue that would never be offered, because the rival waits for the waiter itself. */
export function refuseWait(place: WaitingRecord, by: Rival, round: Round): void {
  const { id, agent, uid, paths } = place;
  const rival = withName(by, namesFor(round.draft, agent));
  round.withdrawn.push({ id, agent, uid, paths, rival });
  if (round.isAwaited(id) || isTold(agent, id, round)) return;
  const what = oneLine(listed(paths), 120);
  notify(round.draft, round.context, {
    to: agent,
    subject: `Your place in the queue for ${what} was withdrawn: it would never come`,
    text: `${rival.agent} waits for what you hold. Release that first${orAsk(rival)}.`,
    about: { what: 'withdrawn', claims: [id] },
  });
}

/** What was renewed, or taken when it was offered, is not its holder's any more. Who is told of that already is not told twice. */
export function loseRenewed(claim: ClaimRecord, round: Round): void {
  const { draft, context, past } = round;
  const holder = past.agent;
  const wanted = { ...claim, patterns: patternsOf(claim, draft.view.paths), ticket: Number.POSITIVE_INFINITY };
  const [by] = obstacles(draft, wanted, context).rivals;
  const rival = by && withName(by, namesFor(draft, holder));
  const { id, uid, paths } = claim;
  if (rival !== undefined) round.withdrawn.push({ id, agent: holder, uid, paths, rival });
  if (round.isAwaited(id) || isTold(holder, id, round)) return;
  const what = oneLine(listed(paths), 120);
  const why = rival === undefined ? 'it was released, or lapsed' : verdictOf(rival);
  notify(draft, context, {
    to: holder,
    subject: `Your claim on ${what} is gone: ${why}`,
    text: `You renewed or took ${shortId(id)} in this clone, and on the remote it was over before: ${why}. Claim the paths again before you go on editing.`,
    about: { what: 'withdrawn', claims: [id] },
  });
}

function orAsk({ agent }: Rival): string {
  return agent === hiddenName ? '' : `, or ask ${agent}`;
}

export function verdictOf({ agent, state }: Rival): string {
  if (state === 'waits') return `${agent} was in line for it before`;
  return state === 'holds' ? `${agent} holds it` : 'a claim that cannot be read holds it';
}

/** Whether an unread notice says already how the claim ended. */
export function isTold(agent: string, id: string, { draft }: Round): boolean {
  for (const record of draft.folder(inboxFolder(agent))) {
    if (record.kind !== 'message' || !record.about?.claims.includes(id)) continue;
    if (record.about.what !== 'handed' && record.about.what !== 'claimed') return true;
  }
  return false;
}
