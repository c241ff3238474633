/** A claim that is recorded here counts when the authority has it: the answer waits for that. */
import { shownClaim } from '../domain/claim/present.ts';
import { claimPath } from '../domain/record/path.ts';
import { type Answer, done } from './answer.ts';
import type { Granted } from './claim.ts';
import type { Session } from './session.ts';

/**
 * Decides on a claim, which gets this id where there is a remote, and decides again on the newer tip for as long as the authority has given the paths to
 * somebody else in between; the second decision is usually the refusal that names the rival.
 */
export async function untilDecided<T>(
  { sync, newId }: Session,
  decide: (id: string | undefined) => Promise<T | 'gone'>,
): Promise<T> {
  for (;;) {
    const id = sync === undefined ? undefined : newId();
    const end = id === undefined ? undefined : sync?.awaiting(id);
    try {
      const decided = await decide(id);
      if (decided !== 'gone') return decided;
    } finally {
      end?.();
    }
  }
}

/** `gone`: the authority decided for another. With its final token where it is confirmed. */
export async function confirmed(
  id: string,
  granted: Granted,
  { store, sync }: Session,
): Promise<Answer<Granted> | 'gone'> {
  if (sync === undefined) return done(granted);
  const confirmation = await sync.confirm(id);
  if (confirmation.status === 'gone') return 'gone';
  if (confirmation.status === 'provisional') {
    const { why, next } = confirmation.unreached;
    return done({ ...granted, provisional: { why, next } });
  }
  return store.read((view, nowMs) => {
    const claim = view.record(claimPath(id));
    return claim?.kind === 'claim' ? done({ ...granted, claim: shownClaim(claim, nowMs, view.provisional) }) : 'gone';
  });
}
