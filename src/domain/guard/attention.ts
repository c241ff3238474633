/** Whether a session works or waits for its person, as its moments tell. */
import type { GuardAnswer, SessionEvent } from './event.ts';

/** `unknown` until the first moment: no hook has told anything yet. */
export type Attention = 'unknown' | 'busy' | 'idle';

/** A turn that was told to go on at its end has not ended. */
export function attentionAfter(
  event: { readonly kind: SessionEvent['kind'] },
  { goOn }: Pick<GuardAnswer, 'goOn'>,
): Attention {
  const isIdle = event.kind === 'session-start' || (event.kind === 'turn-end' && goOn === undefined);
  return isIdle ? 'idle' : 'busy';
}
