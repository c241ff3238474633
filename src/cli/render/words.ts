/** The small words of every text answer: relative times, ids, paths. */
import type { Signature } from '../../domain/check/seen-commit.ts';
import { shortId } from '../../domain/id.ts';
import type { ShownAsking, ShownEscalating } from '../../domain/message/present.ts';
import { toldSignature } from '../../domain/message/provenance.ts';
import { listed, oneLine } from '../../domain/text.ts';
import { formatDuration, msOf } from '../../domain/time.ts';
import { agoOf, leftOf } from '../../domain/told.ts';
import type { Telling } from '../command.ts';

export function ago(instant: string, { nowMs }: Pick<Telling, 'nowMs'>): string {
  return agoOf(instant, nowMs);
}

/** `12m left` or `lapsed 3m ago`. */
export function leaseLeft(expires: string | null, { nowMs, terminal }: Pick<Telling, 'nowMs' | 'terminal'>): string {
  const isShort = expires !== null && msOf(expires) - nowMs < 120_000;
  return terminal.paint(isShort ? 'yellow' : 'dim', leftOf(expires, nowMs));
}

export function idWord(id: string, { terminal }: Pick<Telling, 'terminal'>): string {
  return terminal.paint('dim', shortId(id));
}

export function nameWord(name: string, { terminal, self }: Telling): string {
  return name === self ? terminal.paint('green', `${name} (you)`) : terminal.paint('cyan', name);
}

export function pathsWord(paths: readonly string[], { terminal }: Pick<Telling, 'terminal'>): string {
  return terminal.paint('bold', listed(paths, 3));
}

/** How an escalation stands, and why a person is needed. */
export function escalationMark({ why, by, closed }: ShownEscalating, { terminal }: Pick<Telling, 'terminal'>): string {
  if (closed !== null) return `decided by ${by ?? 'a person'}`;
  return terminal.paint('red', `waits for a person${why === null ? '' : `: ${oneLine(why, 200)}`}`);
}

export function signatureMark(signature: Signature, { terminal }: Pick<Telling, 'terminal'>): string {
  const isDoubtful = signature.standing !== 'good' && signature.standing !== 'none';
  return isDoubtful ? terminal.paint('red', toldSignature(signature)) : toldSignature(signature);
}

/** How an ask stands. */
export function askMark(
  { until, decision, answer, cancelled }: ShownAsking,
  { nowMs, terminal }: Pick<Telling, 'nowMs' | 'terminal'>,
): string {
  if (answer !== null) return `answered by ${shortId(answer)}`;
  if (cancelled !== null) return 'taken back';
  const seconds = (msOf(until) - nowMs) / 1000;
  if (seconds <= 0) return 'not answered in time';
  return terminal.paint('yellow', `wants ${decision ? 'a decision' : 'an answer'} within ${formatDuration(seconds)}`);
}
