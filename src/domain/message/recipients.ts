/** Whom the names of a message mean. Somebody who left still gets mail; somebody unknown is refused, with near names. */
import { formerHolder } from '../agent/former.ts';
import { nearest } from '../agent/name.ts';
import { isGhost, isListed } from '../agent/visibility.ts';
import type { Draft } from '../draft.ts';
import { agentsFolder } from '../record/path.ts';
import type { AnyRecord, MessageRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { ended, listed, oneLine } from '../text.ts';

export type Recipients =
  | {
      readonly ok: true;
      readonly audience: MessageRecord['audience'];
      readonly names: string[];
      /** Only where the audience is one. */
      readonly room?: string;
    }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * `all` is every agent known now that is listed and has not left, the sender excepted; that may be nobody. A ghost is known
 * to itself, and where it is the `answered` one. A name that is nobody's any more means who had it last.
 */
export function recipients(
  wanted: readonly string[],
  records: readonly AnyRecord[],
  sender: string,
  answered: () => string | undefined = () => undefined,
): Recipients {
  const agents = records.filter((record) => record.kind === 'agent');
  const others = [...new Set(wanted)].filter((name) => name !== 'all');
  if (wanted.includes('all') && others.length === 0) {
    const present = agents.filter((each) => each.agent !== sender && each.left === undefined && isListed(each));
    return { ok: true, audience: 'all', names: present.map(({ agent }) => agent).sort() };
  }
  if (wanted.includes('all')) {
    const message = `all is everybody, and goes alone: not with ${listed(others.map((name) => oneLine(name, 64)))}.`;
    const next = 'Send to all, or to those by name whom it concerns.';
    return refuse('unknown-recipient', message, next, { unknown: ['all'], nearest: [] });
  }
  const known = new Set(agents.map(({ agent }) => agent));
  const meant = wanted.map((name) => (known.has(name) ? name : (formerHolder(agents, name)?.agent ?? name)));
  const ghosts = new Set(agents.filter((each) => isGhost(each) && each.agent !== sender).map(({ agent }) => agent));
  const isReached = (name: string) => known.has(name) && (!ghosts.has(name) || name === answered());
  const unknown = wanted.filter((_typed, n) => !isReached(meant[n] as string));
  if (unknown.length > 0 || wanted.length === 0) return unknownRecipient(unknown, records, ', or send to all');
  return { ok: true, audience: 'named', names: [...new Set(meant)] };
}

/** Those who can be read, and those who cannot: of these nothing is known but that they are somebody. */
export function agentRecords(draft: Draft): AnyRecord[] {
  const spoiled = [...draft.view.folder(agentsFolder).values()].filter((record) => record.kind === 'unreadable');
  return [...draft.folder(agentsFolder), ...spoiled];
}

/** Of a name by which something was looked for and nothing found: refused where it is nobody's that is known to the reader. */
export function unknownName(typed: string, records: readonly AnyRecord[], reader: string): Refusal | undefined {
  const agents = records.filter((record) => record.kind === 'agent');
  const isKnown = agents.some((each) => each.agent === typed && (!isGhost(each) || each.agent === reader));
  if (isKnown || formerHolder(agents, typed) !== undefined) return undefined;
  const { refusal } = unknownRecipient([typed], records);
  return { ...refusal, code: 'unknown-agent' };
}

/** Names that are near are those of listed agents: nobody learns of another by a slip. */
export function unknownRecipient(unknown: readonly string[], records: readonly AnyRecord[], orElse = '') {
  const spoiled = records.find((record) => record.kind === 'unreadable' && unknown.includes(record.id));
  if (spoiled?.kind === 'unreadable') {
    const message = ended(`The record of the agent ${spoiled.id} cannot be read: ${oneLine(spoiled.reason, 200)}`);
    const next = 'Run git intercom doctor: it shows the record and can set it aside.';
    return refuse('unknown-recipient', message, next, { unknown, nearest: [] });
  }
  const agents = records.filter((record) => record.kind === 'agent');
  const listedNames = agents.filter(isListed).map(({ agent }) => agent);
  const near = [...new Set(unknown.flatMap((name) => nearest(name, listedNames)))];
  const hint = near.length > 0 ? `Near: ${near.join(', ')}. ` : '';
  const message =
    unknown.length === 0
      ? 'The message has no recipient.'
      : `There ${unknown.length === 1 ? 'is no agent' : 'are no agents'} called ${listed(unknown.map((name) => oneLine(name, 64)))}.`;
  const next = `${hint}Run git intercom who to see the names${orElse}.`;
  return refuse('unknown-recipient', message, next, { unknown, nearest: near });
}
