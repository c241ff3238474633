/** A session under the name that its agent has now: it may have taken another, here or by another of its programs. */
import { nameInView } from '../domain/agent/former.ts';
import { IntercomError } from '../domain/failure.ts';
import type { Session } from './session.ts';

/** A branch that cannot be read stops nobody here: the operation says what is wrong with it. */
export async function calledNow(session: Session): Promise<Session> {
  const { store, self } = session;
  try {
    const name = await store.read((view) => nameInView(view, self));
    return name === self.name ? session : { ...session, self: { ...self, name } };
  } catch (thrown) {
    if (thrown instanceof IntercomError) return session;
    throw thrown;
  }
}
