/** What a session said under a name that it had before is its own: shown to itself, it is under the name of now. */
import { ownUid } from './own-uid.ts';
import type { Session } from './session.ts';

/** By the uid alone: a name may have been somebody else's, whose words are not to pass for one's own. */
export async function asOwn<Shown extends { readonly id: string; readonly from: string }>(
  shown: readonly Shown[],
  records: readonly object[],
  { store, self }: Session,
): Promise<Shown[]> {
  const uid = await store.read((view) => ownUid(view, self));
  const own = new Set<string>();
  for (const record of records) {
    if (uid !== undefined && 'uid' in record && record.uid === uid && 'id' in record) own.add(String(record.id));
  }
  return shown.map((each) => (own.has(each.id) ? { ...each, from: self.name } : each));
}
