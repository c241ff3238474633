/** A transaction that waits for its turn: how it is decided, and who is told what came of it. */
import type { Outcome, Proposal, Propose } from '../port.ts';

type Decided<T> = { readonly proposal: Proposal<T>; readonly nowMs: number } | { readonly cause: unknown };

/** What all who wait have in common, whatever each decides. */
export interface Waiting {
  /**
   * `put` decides on the tip, and has the commit ready. What was decided before counts no more. Where it fails,
   * that is what this one is told, and the others go on.
   */
  decide(put: <T>(propose: Propose<T>) => Promise<Proposal<T>>, nowMs: number): Promise<void>;
  /** When what was decided last is on the disk; `provisional` are the claims that the authority has not confirmed then. */
  answer(provisional: ReadonlySet<string>): void;
  fail(cause: unknown): void;
}

export function waitingFor<T>(
  propose: Propose<T>,
  resolve: (outcome: Outcome<T>) => void,
  reject: (cause: unknown) => void,
): Waiting {
  let decided: Decided<T> = { cause: new Error('a transaction was answered before it was decided') };
  return {
    decide: async (put, nowMs) => {
      try {
        decided = { proposal: await put(propose), nowMs };
      } catch (cause) {
        decided = { cause };
      }
    },
    answer: (provisional) => {
      if ('cause' in decided) reject(decided.cause);
      else resolve(outcomeOf(decided, provisional));
    },
    fail: reject,
  };
}

function outcomeOf<T>(
  { proposal, nowMs }: Exclude<Decided<T>, { cause: unknown }>,
  provisional: ReadonlySet<string>,
): Outcome<T> {
  if (!proposal.ok) return { ok: false, refusal: proposal.refusal, nowMs };
  return { ok: true, result: proposal.result, nowMs, provisional };
}
