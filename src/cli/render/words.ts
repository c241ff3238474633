/** The small words of every text answer: relative times, ids, paths. */
import { toldAsking } from '../../domain/ask/told.ts';
import type { Signature } from '../../domain/check/seen-commit.ts';
import { toldEscalating } from '../../domain/escalation/told.ts';
import { shortId } from '../../domain/id.ts';
import type { ShownAsking, ShownEscalating } from '../../domain/message/present.ts';
import { toldSignature } from '../../domain/message/provenance.ts';
import { listed } from '../../domain/text.ts';
import { msOf } from '../../domain/time.ts';
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

export function escalationMark(escalating: ShownEscalating, { terminal }: Pick<Telling, 'terminal'>): string {
  const told = toldEscalating(escalating);
  return escalating.closed === null ? terminal.paint('red', told) : told;
}

export function signatureMark(signature: Signature, { terminal }: Pick<Telling, 'terminal'>): string {
  const isDoubtful = signature.standing !== 'good' && signature.standing !== 'none';
  return isDoubtful ? terminal.paint('red', toldSignature(signature)) : toldSignature(signature);
}

export function askMark(asking: ShownAsking, { nowMs, terminal }: Pick<Telling, 'nowMs' | 'terminal'>): string {
  const isOpen = asking.answer === null && asking.cancelled === null && msOf(asking.until) > nowMs;
  const told = toldAsking(asking, nowMs);
  return isOpen ? terminal.paint('yellow', told) : told;
}
