/** Who acts, and on what: handed to every operation. */
import type { Given } from '../domain/agent/given.ts';
import type { Actor } from '../domain/decision.ts';
import type { IntercomError } from '../domain/failure.ts';
import type { AllowedSecret, Secret } from '../domain/secret/secret.ts';
import type { Sealing } from '../sealing/port.ts';
import type { Store, Surroundings, Sync, Upkeep, World } from '../store/port.ts';

export interface Session {
  readonly store: Store;
  readonly surroundings: Surroundings;
  readonly upkeep: Upkeep;
  /** The way to the remote; undefined where the team has none, and each claim is confirmed by being recorded. */
  readonly sync: Sync | undefined;
  /** The keys of this machine's agents, and what is sealed for them. */
  readonly sealing: Sealing;
  /** The uid is known when a harness or a person brings one; else it is that of the name's record, or a new one. */
  readonly self: Omit<Actor, 'uid'> & { readonly uid: string | undefined };
  /** Who it is that was named by word; undefined where the uid was brought along. */
  readonly given?: Given | undefined;
  readonly givenAs: (name: string) => Given;
  readonly newUid: () => string;
  /** Of a record. */
  readonly newId: () => string;
  /**
   * Runs a command of the policy for what should reach a person, where this machine allows it. Answers why it was not run or
   * failed; undefined where there is nothing to tell.
   */
  readonly tellOutside: (command: string, variables: Readonly<Record<string, string>>) => Promise<string | undefined>;
  /** What looks like a secret in a text; loads its rules at the first call. */
  readonly findSecrets: (text: string) => Promise<readonly Secret[]>;
  /** Why this act may record what looks like a secret, as its caller said; undefined where it may not. */
  readonly allowSecret?: string | undefined;
  /** What was found and let through in this act. */
  readonly allowedSecret?: AllowedSecret | undefined;
  /** Says how far something is that takes long; undefined where nobody looks. */
  readonly tellProgress?: ((text: string) => void) | undefined;
  /** Why the team's policy could not be read, where the defaults stand in for it; only for who looks over what is wrong. */
  readonly policyFlaw?: Pick<IntercomError, 'message' | 'next'> | undefined;
  readonly processState: World['processState'];
}
