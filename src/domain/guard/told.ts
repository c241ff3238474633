/** What guards say to agents: facts first, then the way on. Text for a model, so short. */
import { hiddenName } from '../agent/visibility.ts';
import type { Rival } from '../claim/conflict.ts';
import { mendUnreadable, sentence } from '../claim/refusals.ts';
import { type HeldRival, isUnreadable } from '../claim/verdict.ts';
import { pathWord } from '../shell-word.ts';
import { ended, listed } from '../text.ts';

const rivalsTold = 3;

/** Why an edit is refused. `again` where the same edit goes through the second time. */
export function toldRefusal(
  rivals: readonly HeldRival[],
  { nowMs, again }: { readonly nowMs: number; readonly again: boolean },
): string {
  const facts = factsOf(rivals, nowMs);
  const more = facts.length > rivalsTold ? [`${facts.length - rivalsTold} more claims stand in the way.`] : [];
  return ['intercom:', ...facts.slice(0, rivalsTold), ...more, 'Nothing was written.', wayOn(rivals, again)].join(' ');
}

function wayOn([first, ...others]: readonly HeldRival[], again: boolean): string {
  if (first === undefined) return '';
  const paths = [first, ...others].flatMap(({ overlap }) => overlap);
  const words = [...new Set(paths)].map(pathWord).join(' ');
  const ask = `, or ask ${first.agent} (tool ask, or git intercom ask ${first.agent} "…")`;
  const orAsk = first.agent === hiddenName ? '' : ask;
  const ways = isUnreadable(first)
    ? `Work on something else, or run ${mendUnreadable}.`
    : `Work on something else, wait for it (tool claim with wait_seconds, or git intercom claim ${words} --wait)${orAsk}.`;
  return again ? `${ways} If it must be now, do the same once more: it will not be held up again.` : ways;
}

/** After a shell command: what it wrote, or somebody meanwhile, belongs to others. */
export function toldShellChanges(rivals: readonly HeldRival[], { nowMs }: { readonly nowMs: number }): string {
  const facts = factsOf(rivals, nowMs).slice(0, rivalsTold);
  const paths = listed([...new Set(rivals.flatMap(({ overlap }) => overlap))], 5);
  const first = rivals[0] as HeldRival;
  const { agent } = first;
  const orTell =
    agent === hiddenName || isUnreadable(first)
      ? ''
      : ` or tell ${agent} (tool send, or git intercom send ${agent} "…")`;
  return `intercom: ${paths} changed while your command ran. ${facts.join(' ')} If it was your command, undo it${orTell}.`;
}

/** Of a file that one agent holds by two claims, nothing twice. */
function factsOf(rivals: readonly HeldRival[], nowMs: number): string[] {
  return [...new Set(rivals.map((rival) => ended(sentence(asRival(rival), { nowMs }))))];
}

function asRival(rival: HeldRival): Rival {
  return { ...rival, state: isUnreadable(rival) ? 'unreadable' : 'holds' };
}
