/** The team's policy, `.intercom/config.yaml`, with every default filled in. */

import type { ConfirmPolicy } from './guard/confirm.ts';
import type { Owner } from './guard/owners.ts';
import { defaultGuardPolicy, type GuardPolicy } from './guard/policy.ts';
import * as limits from './limits.ts';

/** What the repository's git hooks do about others' claims, and which of one's own they give back. */
export interface HookPolicy {
  readonly commit: 'refuse' | 'warn' | 'off';
  readonly push: 'refuse' | 'warn' | 'off';
  readonly releaseOnCommit: 'none' | 'auto' | 'all';
}

/** How often the remote is looked at and written to. */
export interface SyncPolicy {
  /** Between two looks while others write. */
  readonly intervalSeconds: number;
  readonly idleIntervalSeconds: number;
  /** How long what is no claim may wait for more to be pushed with. */
  readonly batchSeconds: number;
  /** Of one call of git that goes to the remote. */
  readonly deadlineSeconds: number;
}

/** What is done about what waits for a person. */
export interface EscalationPolicy {
  /** Run once for each that is raised, where the machine allows it; null for none. */
  readonly command: string | null;
  /** How long a message may want its acknowledgement before it is put before a person; null for ever. */
  readonly ackOverdueSeconds: number | null;
}

export interface Policy {
  /** The name of the coordination branch, without `refs/heads/`. */
  readonly branch: string;
  /** As it is written: the name of a git remote, or a URL; null for none. `remoteOf` knows what is meant. */
  readonly remote: string | null;
  /** A path, a URL or a plain name; null where the repository is its own. Goes before `remote`. */
  readonly hub: string | null;
  /** What this repository is called in the hub: `server`, or `server~1f3a9c20`; null to make it. */
  readonly repository: string | null;
  readonly sync: SyncPolicy;
  readonly leaseSeconds: number;
  readonly leaseSecondsMax: number;
  readonly clockDriftSeconds: number;
  readonly threadRetentionDays: number;
  /** So long mail waits for an agent that left. */
  readonly undeliveredDays: number;
  /** Unread messages of one sender at one recipient. */
  readonly inboxPerSender: number;
  readonly hooks: HookPolicy;
  /** Whether coordination commits are signed with the user's key, as git's configuration has it. */
  readonly sign: boolean;
  /** Whether `[skip ci]` stands in coordination commits, so that the team's CI does not run for them. */
  readonly skipCi: boolean;
  /** Whether work that was released and is not merged yet leaves a note that warns others. */
  readonly landing: boolean;
  /** Whether `.intercom/signal.md` in each work tree says what is held and unread. */
  readonly signalFile: boolean;
  readonly guard: GuardPolicy;
  readonly confirm: ConfirmPolicy;
  readonly escalation: EscalationPolicy;
  /** Who looks after which paths; none by default. */
  readonly owners: readonly Owner[];
}

export const defaultPolicy: Policy = {
  branch: 'intercom',
  remote: null,
  hub: null,
  repository: null,
  sync: { intervalSeconds: 15, idleIntervalSeconds: 120, batchSeconds: 2, deadlineSeconds: 10 },
  leaseSeconds: limits.leaseSecondsDefault,
  leaseSecondsMax: limits.leaseSecondsMax,
  clockDriftSeconds: limits.clockDriftSeconds,
  threadRetentionDays: limits.threadRetentionDays,
  undeliveredDays: limits.undeliveredDays,
  inboxPerSender: limits.inboxPerSenderDefault,
  hooks: { commit: 'refuse', push: 'refuse', releaseOnCommit: 'auto' },
  landing: true,
  sign: false,
  skipCi: true,
  signalFile: false,
  guard: defaultGuardPolicy,
  confirm: { messages: false, force: false },
  escalation: { command: null, ackOverdueSeconds: null },
  owners: [],
};
