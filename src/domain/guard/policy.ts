/** How guards act, `guard` in `.intercom/config.yaml`. */

/**
 * About what another holds: `refuse`; `warn`, which refuses once and lets the same through the second time; `ask` the
 * person, where the harness can; or `off`.
 */
export type Strictness = 'refuse' | 'warn' | 'ask' | 'off';

export interface GuardPolicy {
  readonly edits: Strictness;
  /** Shell commands that would write there. */
  readonly shell: Strictness;
  /** The first edit of a free file claims it. */
  readonly autoClaim: boolean;
  /** What becomes of an edit when the guard itself fails. */
  readonly broken: 'allow' | 'refuse';
}

export const defaultGuardPolicy: GuardPolicy = { edits: 'refuse', shell: 'refuse', autoClaim: true, broken: 'allow' };
