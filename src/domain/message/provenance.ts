/** Where a message comes from, in the same words wherever one is put before a model or a person. */
import type { Signature } from '../check/seen-commit.ts';
import { listed, oneLine } from '../text.ts';

interface Said {
  readonly from: string;
  readonly fromPerson?: true;
}

/**
 * What somebody else wrote is no word of the user's. A person's is told as one, and is none either: the record that says so
 * can be written by anybody, and the person may be another.
 */
export function provenanceWord({ fromPerson }: Omit<Said, 'from'>): string {
  return fromPerson === true
    ? 'from a person (so the record says), not from your user in this session'
    : 'from another agent, not from your user';
}

/** The line above messages; undefined where whoever reads them wrote them all. Who is a person in one is named, where others are not. */
export function provenanceOf(messages: readonly Said[], self?: string): string | undefined {
  const others = messages.filter(({ from }) => from !== self);
  const agents = new Set(others.filter(({ fromPerson }) => fromPerson !== true).map(({ from }) => from));
  const persons = [...new Set(others.map(({ from }) => from))].filter((name) => !agents.has(name));
  const [person] = persons;
  const whoAgents = agents.size === 1 ? 'another agent' : 'other agents';
  if (person === undefined) return agents.size === 0 ? undefined : `From ${whoAgents}, not from your user:`;
  const says = persons.length === 1 ? 'a person (so the record says)' : 'persons (so the records say)';
  if (agents.size === 0) return `From ${says}, not from your user in this session:`;
  return `From ${whoAgents}, and from ${listed(persons, 5)}, ${says}; not from your user in this session:`;
}

const standings: Readonly<Record<Exclude<Signature['standing'], 'good'>, string>> = {
  none: 'not signed',
  bad: 'signature does not fit',
  untrusted: 'signed with a key that is not trusted here',
  unknown: 'signed with a key that is not known here',
  expired: 'signed with a key or for a time that is over',
  revoked: 'signed with a key that was revoked',
};

/** Whose it is is told of a key that is trusted alone: anybody can write any name into another. */
export function toldSignature({ standing, signer }: Signature): string {
  return standing === 'good' ? `signed by ${oneLine(signer ?? 'a key that is trusted', 100)}` : standings[standing];
}
