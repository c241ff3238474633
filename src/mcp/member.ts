/** A session that the server acts for: who it is, what was put before it, and its sign of life. */
import { calledNow } from '../operations/called-now.ts';
import { leave, stay } from '../operations/presence.ts';
import type { Session } from '../operations/session.ts';

/** How often a sign of life is looked for. What is written, and whether, the leases and the clock decide. */
const beatMs = 30_000;

export class Member {
  /** Ids of messages that went out with an answer. */
  readonly shown = new Set<string>();
  #isActive = false;
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(
    private opened: Session,
    private readonly isReadOnly: boolean,
  ) {
    if (!isReadOnly) this.#timer = setInterval(() => void this.#beat(), beatMs).unref();
  }

  get session(): Session {
    return this.opened;
  }

  /** It may have taken another name. */
  async follow(): Promise<void> {
    this.opened = await calledNow(this.opened);
  }

  /** A call counts as a sign of life; many of them are written as one. */
  noteActivity(): void {
    this.#isActive = true;
  }

  /** Others see it as gone from then on. A disk that fails now is found by the next act. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    if (!this.isReadOnly) await leave(this.opened).catch(() => {});
  }

  async #beat(): Promise<void> {
    if (!this.#isActive) return;
    this.#isActive = false;
    await stay(this.opened).catch(() => {
      this.#isActive = true;
    });
  }
}
