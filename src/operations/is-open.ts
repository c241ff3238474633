/** Whether anybody ever opened coordination on a repository. A harness that is set up for all of them asks first. */
import type { Session } from './session.ts';

export async function isOpen({ store }: Pick<Session, 'store'>): Promise<boolean> {
  const branch = await store.locateBranch();
  return branch !== null && branch.ref !== 'FETCH_HEAD';
}
