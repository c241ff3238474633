/** A session under the name that its agent has now: it may have taken another, here or by another of its programs. */
import { nameInView } from '../domain/agent/former.ts';
import { givenAgent } from '../domain/agent/given.ts';
import { IntercomError } from '../domain/failure.ts';
import type { Session } from './session.ts';

/** A branch that cannot be read stops nobody here: the operation says what is wrong with it. */
export async function calledNow(session: Session): Promise<Session> {
  const { store, self, given } = session;
  try {
    if (given === undefined) {
      const name = await store.read((view) => nameInView(view, self));
      return name === self.name ? session : { ...session, self: { ...self, name } };
    }
    const { name, uid } = await store.read((view) => givenAgent(view, given));
    return { ...session, self: { ...self, name, uid: uid ?? session.newUid() } };
  } catch (thrown) {
    if (thrown instanceof IntercomError) return session;
    throw thrown;
  }
}
