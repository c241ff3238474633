/** The uid that a session acts under: brought along, or that of the name's record. Undefined for a new name. */
import { agentPath } from '../domain/record/path.ts';
import type { View } from '../domain/view.ts';
import type { Session } from './session.ts';

export function ownUid(view: View, { uid, name }: Session['self']): string | undefined {
  if (uid !== undefined) return uid;
  const known = view.record(agentPath(name));
  return known?.kind === 'agent' ? known.uid : undefined;
}
