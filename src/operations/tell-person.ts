/** The command of the policy that tells a person of an escalation. */
import type { ShownEscalation } from '../domain/escalation/present.ts';
import type { Session } from './session.ts';

/** Of what the text is in the environment of the command; the whole is on the branch. */
const commandTextCharsMax = 4_000;

/** Once, by the clone where it was raised. What it does changes nothing here. Answers why it was not run, or failed. */
export async function tellPerson(
  { id, from, subject, text, why }: ShownEscalation,
  { store, tellOutside }: Pick<Session, 'store' | 'tellOutside'>,
): Promise<string | undefined> {
  const { command } = store.policy.escalation;
  if (command === null) return undefined;
  return tellOutside(command, {
    INTERCOM_ESCALATION_ID: id,
    INTERCOM_ESCALATION_FROM: from,
    INTERCOM_ESCALATION_TEXT: (subject === null ? text : `${subject}: ${text}`).slice(0, commandTextCharsMax),
    INTERCOM_ESCALATION_WHY: why ?? '',
  });
}
