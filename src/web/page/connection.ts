/** The stream of states. A server that is lost is said, and looked for until it is there again. */
import type { PageState } from '../state.ts';

export interface Heard {
  readonly onState: (state: PageState) => void;
  readonly onTrouble: (trouble: { readonly message: string; readonly next: string }) => void;
  readonly onLost: (why: 'gone' | 'another') => void;
}

const lookAgainMs = 2_000;

export function listen({ onState, onTrouble, onLost }: Heard): void {
  const events = new EventSource('events');
  events.addEventListener('state', ({ data }) => onState(JSON.parse(data)));
  events.addEventListener('trouble', ({ data }) => onTrouble(JSON.parse(data)));
  events.addEventListener('error', async () => {
    // The browser tries again by itself, unless it was refused.
    const isRefused = events.readyState === EventSource.CLOSED;
    onLost(isRefused && (await isAnother()) ? 'another' : 'gone');
    if (isRefused) setTimeout(() => listen({ onState, onTrouble, onLost }), lookAgainMs);
  });
}

/** A server that was started again has another token, and says so to whoever brings the old one. */
async function isAnother(): Promise<boolean> {
  try {
    return (await fetch('events', { method: 'HEAD' })).status === 401;
  } catch {
    return false;
  }
}
