/**
 * When a session is woken by mail: while it is idle, once until the turn that is begun for it has begun. A session that
 * works is not disturbed; what it was not told by then wakes it when its turn is over.
 */

/** So many turns in a row come at once that no person began; then each waits twice as long, at most a minute. */
const turnsAtOnce = 5;
const waitSecondsMax = 60;

export interface Wakeable {
  readonly isIdle: () => boolean;
  /** What the guard says at the end of a turn: what is unread. Nothing where the agent has it already. Never rejects. */
  readonly unread: () => Promise<string | undefined>;
  /** May reject: then none has begun. */
  readonly beginTurn: (text: string) => unknown;
}

export class Waking {
  #hasMail = false;
  #isBeginning = false;
  #turnsOfOurs = 0;
  /** What the guard said of mail, and the agent was not told: somebody else had begun a turn by then. */
  #untold: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly session: Wakeable) {}

  /** That the agent has not been told of. */
  get hasMail(): boolean {
    return this.#hasMail || this.#untold !== undefined;
  }

  /** A turn of ours is on its way, and has not begun yet. */
  get isBeginning(): boolean {
    return this.#isBeginning;
  }

  /** What the agent is told now, with what it should have been told before. */
  told(context: string | undefined): string | undefined {
    const texts = [this.#untold, context].filter((text) => text !== undefined && text !== '');
    this.#untold = undefined;
    return texts.length === 0 ? undefined : texts.join('\n\n');
  }

  noteMail(): void {
    this.#hasMail = true;
    if (this.session.isIdle()) this.#wakeInTime();
  }

  /** The guard is asked for what is unread. A notice after this is of something newer. */
  noteAsked(): void {
    this.#hasMail = false;
  }

  noteTurnEnd(): void {
    if (this.hasMail) this.#wakeInTime();
  }

  /** A turn begins. Answers whether it is ours; if not, a person's word begins anew what was slowed down. */
  noteTurn(): boolean {
    clearTimeout(this.#timer);
    const isOurs = this.#isBeginning;
    this.#isBeginning = false;
    if (!isOurs) this.#turnsOfOurs = 0;
    return isOurs;
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  /** Two agents that answer each other without end are slowed down. */
  #wakeInTime(): void {
    const over = this.#turnsOfOurs - turnsAtOnce;
    const waitSeconds = over < 0 ? 0 : Math.min(2 ** over, waitSecondsMax);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#wake(), waitSeconds * 1000);
    this.#timer.unref();
  }

  async #wake(): Promise<void> {
    if (!this.session.isIdle() || this.#isBeginning) return;
    this.#isBeginning = true;
    this.noteAsked();
    const text = this.told(await this.session.unread());
    if (text === undefined || !this.session.isIdle()) {
      this.#isBeginning = false;
      this.#untold = text;
      // It came while the guard was asked, which may not have seen it.
      if (this.#hasMail) this.#wakeInTime();
      return;
    }
    this.#turnsOfOurs += 1;
    try {
      await this.session.beginTurn(text);
    } catch {
      this.#isBeginning = false;
      this.#untold = text;
    }
  }
}
