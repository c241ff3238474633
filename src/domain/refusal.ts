/**
 * An expected "no": returned, never thrown, with the data to act on.
 *
 * Codes are part of the outside contract; `message` says what happened to what, `next` what to do.
 */

export type RefusalCode =
  | 'claim-conflict'
  | 'not-holder'
  | 'withdrawn'
  | 'unknown-recipient'
  | 'not-confirmed'
  | 'unknown-agent'
  | 'unknown-claim'
  | 'unknown-message'
  | 'unknown-spec'
  | 'spec-moved'
  | 'ambiguous'
  | 'nothing-to-reply'
  | 'name-taken'
  | 'wait-cycle'
  | 'handoff-self'
  | 'ask-self'
  | 'ask-cycle'
  | 'ask-limit'
  | 'ask-over'
  | 'ask-open'
  | 'bad-interview'
  | 'bad-answer'
  | 'unknown-room'
  | 'not-member'
  | 'not-invited'
  | 'not-allowed'
  | 'no-key'
  | 'lost-key'
  | 'must-be-sealed'
  | 'seal-again'
  | 'sealed'
  | 'not-recipient'
  | 'not-person'
  | 'nothing-to-escalate'
  | 'key-reused'
  | 'no-text'
  | 'too-large'
  | 'secret-found'
  | 'inbox-full'
  | 'too-many'
  | 'bad-pattern'
  | 'bad-name'
  | 'bad-attachment'
  | 'bad-importance'
  | 'clock-skew'
  | 'no-remote';

export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  readonly next: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export function refuse(
  code: RefusalCode,
  message: string,
  next: string,
  data: Readonly<Record<string, unknown>> = {},
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { code, message, next, data } };
}
