/** A text that is no pattern. */
export interface Refused {
  readonly ok: false;
  /** A sentence for the one who wrote the pattern. */
  readonly reason: string;
}
