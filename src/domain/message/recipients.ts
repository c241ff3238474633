/** Whom the names of a message mean. Somebody who left still gets mail; somebody unknown is refused, with near names. */
import { nearest } from '../agent/name.ts';
import type { AnyRecord, MessageRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { listed, oneLine } from '../text.ts';

export type Recipients =
  | {
      readonly ok: true;
      readonly audience: MessageRecord['audience'];
      readonly names: string[];
      /** Only where the audience is one. */
      readonly room?: string;
    }
  | { readonly ok: false; readonly refusal: Refusal };

/** `all` is every agent known now that has not left, the sender excepted; that may be nobody. */
export function recipients(wanted: readonly string[], records: readonly AnyRecord[], sender: string): Recipients {
  const agents = records.filter((record) => record.kind === 'agent');
  if (wanted.length === 1 && wanted[0] === 'all') {
    const present = agents.filter(({ agent, left }) => agent !== sender && left === undefined);
    return { ok: true, audience: 'all', names: present.map(({ agent }) => agent).sort() };
  }
  const known = new Set(agents.map(({ agent }) => agent));
  const unknown = wanted.filter((name) => !known.has(name));
  if (unknown.length > 0 || wanted.length === 0) {
    const near = [...new Set(unknown.flatMap((name) => nearest(name, known)))];
    const hint = near.length > 0 ? `Near: ${near.join(', ')}. ` : '';
    const message =
      wanted.length === 0
        ? 'The message has no recipient.'
        : `There is no agent called ${listed(unknown.map((name) => oneLine(name, 64)))}.`;
    const next = `${hint}Run git intercom who to see the names, or send to all.`;
    return refuse('unknown-recipient', message, next, { unknown, nearest: near });
  }
  return { ok: true, audience: 'named', names: [...new Set(wanted)] };
}
