/** What a person wants to be asked before it leaves an agent: messages, and taking by force what another holds. */
import { refuse } from '../refusal.ts';

export interface ConfirmPolicy {
  readonly messages: boolean;
  readonly force: boolean;
}

export type Leaving = keyof ConfirmPolicy;

/** `no`: a person was asked. `nobody`: there is no way to ask one. */
export function notConfirmed(answer: 'no' | 'nobody') {
  const message =
    answer === 'no'
      ? 'A person was asked to confirm this, and said no. Nothing was sent or taken.'
      : 'The team wants a person to confirm this, and this client has no way to ask one. Nothing was sent or taken.';
  const next = 'Tell your user what you wanted to do, and let them run it with git intercom in a terminal.';
  return refuse('not-confirmed', message, next).refusal;
}

/** What the person reads in the prompt of the harness. */
export function toldLeaving(leaving: Leaving): string {
  const what = leaving === 'messages' ? 'sends a message to other agents' : 'takes by force what another agent holds';
  return `intercom: this command ${what}, and the team wants a person to confirm that.`;
}
