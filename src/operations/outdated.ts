/** A refusal that may be over at the remote: it is looked at once before the refusal counts. */
import type { Refusal } from '../domain/refusal.ts';
import type { Answer } from './answer.ts';
import type { Session } from './session.ts';

/** Whoever asks again at once gets the answer at once. */
const freshSeconds = 2;

/**
 * A rival that this clone knows may have given up elsewhere, and an agent that it does not know may have come there: whether
 * something came since, so that it is worth deciding again.
 */
export async function isOutdated({ code, data }: Refusal, { sync }: Session): Promise<boolean> {
  // Without a name there is nobody to come.
  const isAboutOthers = code === 'claim-conflict' || (code === 'unknown-recipient' && isSomebodyUnknown(data));
  if (sync === undefined || !isAboutOthers || (await sync.look(freshSeconds)) !== 'moved') return false;
  return (await sync.exchange()).fetched > 0;
}

function isSomebodyUnknown({ unknown }: Refusal['data']): boolean {
  return Array.isArray(unknown) && unknown.some((name) => name !== 'all');
}

/** Decided again, once, where something came that may change it. */
export async function decidedUpToDate<T>(session: Session, decide: () => Promise<Answer<T>>): Promise<Answer<T>> {
  const answer = await decide();
  return answer.status === 'refused' && (await isOutdated(answer.refusal, session)) ? decide() : answer;
}
