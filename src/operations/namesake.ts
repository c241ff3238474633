/**
 * A name that was typed, or is a person's, may be another agent's: one of another machine, or in a hub of another
 * repository. Then one must not act as the other, nor read what is the other's own.
 */

import { takenBy } from '../domain/agent/register.ts';
import { idOf } from '../domain/pattern/repository.ts';
import { agentPath, agentsFolder } from '../domain/record/path.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { View } from '../domain/view.ts';
import type { Session } from './session.ts';

/** What is done for the repository, and not as somebody. */
const impersonal: readonly string[] = ['init', 'remove', 'doctor', 'gc', 'sync', 'move_here'];
/** What shows somebody's own mail or asks although it only reads. */
const ownMatters: readonly string[] = ['pending', 'overview'];

interface Asked {
  readonly name: string;
  readonly effect: 'read' | 'write';
}

/** Undefined where the name is free or the session's own. A name that was only typed is its repository's. */
export async function whoseName(operation: Asked, { store, self, given }: Session): Promise<Refusal | undefined> {
  const isCertain = given === undefined && self.isPerson !== true && store.place.repository === null;
  if (isCertain) return undefined;
  const isPersonal = ownMatters.includes(operation.name) || operation.effect === 'write';
  if (!isPersonal || impersonal.includes(operation.name)) return undefined;
  return store.read((view) => {
    const known = view.record(agentPath(self.name));
    if (known?.kind !== 'agent') return undefined;
    const where = known.repository;
    const isOwn =
      self.uid === undefined
        ? where === undefined || where === self.repository || idOf(where) === idOf(self.repository ?? '')
        : known.uid === self.uid;
    if (isOwn) return undefined;
    const other = nameOfUid(view, self.uid);
    const next = other === undefined ? undefined : `You are called ${other} here: use --agent ${other}.`;
    return takenBy(known, self, next);
  });
}

function nameOfUid(view: View, uid: string | undefined): string | undefined {
  if (uid === undefined) return undefined;
  for (const record of view.folder(agentsFolder).values()) {
    if (record.kind === 'agent' && record.uid === uid) return record.agent;
  }
  return undefined;
}
