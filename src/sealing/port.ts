/** What operations and the replay may ask of sealing: keys of this machine, and texts under them. Types only. */

/** A public key as age writes it, `age1…`. */
export type Recipient = string;
/** A private key as age writes it, `AGE-SECRET-KEY-1…`. It stands in key files and under seals, and nowhere else. */
export type Identity = string;

export interface Sealing {
  readonly keys: Keys;
  readonly read: ReadMarks;
  /** An age file in ASCII armor. Rejects with `bad-key` where a recipient is none. Some milliseconds, and one for each recipient. */
  seal(text: string, recipients: readonly Recipient[]): Promise<string>;
  /** Undefined where none of the identities opens it, or it is no age file. */
  open(sealed: string, identities: readonly Identity[]): Promise<string | undefined>;
  /** A new pair that is kept nowhere: of a room. */
  makePair(): Promise<Pair>;
}

export interface Pair {
  readonly identity: Identity;
  readonly recipient: Recipient;
}

/** What agents have taken note of in secret rooms, by the uid of the agent. */
export interface ReadMarks {
  of(uid: string): Promise<ReadonlySet<string>>;
  note(uid: string, messages: readonly string[]): Promise<void>;
}

/** The keys of agents on this machine, by the uid of the agent. */
export interface Keys {
  /** The newest first, older ones after it; empty where there is none. */
  of(uid: string): Promise<readonly Pair[]>;
  /**
   * Makes a key that counts from now on; older ones stay, for what was sealed for them. Without `anew` the one that is there
   * stays: two first uses at once agree on one. Rejects with IntercomError where it cannot be kept.
   */
  make(uid: string, anew?: 'anew'): Promise<Pair>;
  /** Where the key of an agent lies. */
  fileOf(uid: string): string;
}
