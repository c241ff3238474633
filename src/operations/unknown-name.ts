/** A name that narrows what is shown, and that nobody has: that nothing is found then says nothing about anybody. */
import { formerHolder } from '../domain/agent/former.ts';
import { isGhost } from '../domain/agent/visibility.ts';
import { unknownRecipient } from '../domain/message/recipients.ts';
import { agentsFolder } from '../domain/record/path.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Session } from './session.ts';

/** Undefined for a name that somebody has or had. A ghost is nobody here. */
export function unknownName(name: string, { store, self }: Session): Promise<Refusal | undefined> {
  return store.read((view) => {
    const records = [...view.folder(agentsFolder).values()];
    const agents = records.filter((record) => record.kind === 'agent');
    const known = agents.find(({ agent }) => agent === name) ?? formerHolder(agents, name);
    if (name === self.name || (known !== undefined && !isGhost(known))) return undefined;
    return unknownRecipient([name], records).refusal;
  });
}
