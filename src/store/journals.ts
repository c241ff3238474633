import type { Instant } from '../domain/time.ts';

/** What this clone remembers of an agent, beside the branch. Losing any of it does no harm. */
export interface Journals {
  /**
   * What was put before an agent since its last commit, written with that agent's next one. Losing it makes a receipt
   * late, or shows a message once more.
   */
  readonly delivered: {
    note(agent: string, messages: readonly string[], at: Instant): void;
    pending(agent: string): readonly { readonly id: string; readonly at: Instant }[];
    forget(agent: string, messages: readonly string[]): void;
  };
  /** Which versions of specs an agent has read, as `api@3`; written like what was delivered. Losing it makes it known later. */
  readonly reads: Journals['delivered'];
  /** What an agent was warned of. Losing it makes a warning come once more. */
  readonly warned: {
    of(agent: string): ReadonlySet<string>;
    note(agent: string, warnings: readonly string[]): void;
  };
  /** When the agent's latest shell command began, by the clock of the disk; undefined where nobody noted it. */
  readonly shell: {
    began(agent: string): number | undefined;
    note(agent: string): void;
  };
}
