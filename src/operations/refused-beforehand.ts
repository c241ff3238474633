/** Whether an act would be refused, before a person is asked whether it may be done: nobody confirms what cannot be. */
import type { Refusal } from '../domain/refusal.ts';
import type { Outcome, Propose, Store } from '../store/port.ts';
import { worldAt } from './act.ts';
import type { Answer } from './answer.ts';
import type { Session } from './session.ts';

/** Thrown, for what comes behind a record must not happen either. */
class WouldRecord extends Error {}

/** Runs the act up to the first thing that it would record. Rejects as the act would. */
export async function refusedBeforehand(
  act: (session: Session) => Promise<Answer<unknown>>,
  session: Session,
): Promise<Refusal | undefined> {
  try {
    const answer = await act({ ...session, store: recordingNothing(session) });
    return answer.status === 'refused' ? answer.refusal : undefined;
  } catch (thrown) {
    if (thrown instanceof WouldRecord) return undefined;
    throw thrown;
  }
}

function recordingNothing(session: Session): Store {
  const { store } = session;
  const transact = <T>(propose: Propose<T>): Promise<Outcome<T>> =>
    store.read((view, nowMs) => {
      const proposal = propose(view, worldAt(nowMs, session));
      if (proposal.ok) throw new WouldRecord();
      return { ok: false, refusal: proposal.refusal, nowMs };
    });
  return new Proxy(store, {
    get: (target, key) => {
      if (key === 'transact') return transact;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
