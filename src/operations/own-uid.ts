/** The uid that a session acts under: brought along, or that of the name's record. Undefined for a new name. */
import { idOf } from '../domain/pattern/repository.ts';
import { agentPath } from '../domain/record/path.ts';
import type { View } from '../domain/view.ts';
import type { Session } from './session.ts';

export function ownUid(view: View, { uid, name, repository }: Session['self']): string | undefined {
  if (uid !== undefined) return uid;
  const known = view.record(agentPath(name));
  if (known?.kind !== 'agent') return undefined;
  const isNamesake = repository && known.repository && idOf(known.repository) !== idOf(repository);
  return isNamesake ? nobody : known.uid;
}

/** Of a name that is an agent's of another repository: what that one holds is not ours. */
const nobody = 'nobody';
