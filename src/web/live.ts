/** The pages that are open: each is sent the state when it comes, and again whenever it has become another. */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { IntercomError } from '../domain/failure.ts';
import { plainly } from '../domain/plainly.ts';
import type { Session } from '../operations/session.ts';
import { guardingHeaders } from './answer.ts';
import type { PageState } from './state.ts';

/** Agents go and leases lapse without a word on the branch. */
const lookAgainMs = 10_000;
/** A branch that could not be followed is mostly mended soon. */
const followAgainMs = 1_000;
/** A browser has six to one host; each keeps a copy of the state until it has read it. */
export const pagesMax = 32;

export class LivePages {
  /** And what each was sent last, without its time; empty where nothing was yet. */
  readonly #pages = new Map<ServerResponse, string>();
  #event = '';
  #turn: Promise<void> = Promise.resolve();
  #isWanted = false;

  constructor(private readonly look: () => Promise<PageState>) {}

  get isFull(): boolean {
    return this.#pages.size >= pagesMax;
  }

  open(response: ServerResponse): void {
    response.writeHead(200, { ...guardingHeaders, 'Content-Type': 'text/event-stream' });
    response.write('retry: 1000\n\n');
    this.#pages.set(response, '');
    response.once('close', () => this.#pages.delete(response));
    this.lookAgain();
  }

  /** Calls while a look is under way make one more. Nobody looks while no page is open. */
  lookAgain(): void {
    if (this.#isWanted || this.#pages.size === 0) return;
    this.#isWanted = true;
    this.#turn = this.#turn.then(async () => {
      this.#isWanted = false;
      await this.#tell();
    });
  }

  async #tell(): Promise<void> {
    const { kind, shown, value } = await this.#looked();
    this.#event = `event: ${kind}\ndata: ${JSON.stringify(value)}\n\n`;
    for (const [page, last] of this.#pages) {
      if (last === shown) continue;
      this.#pages.set(page, shown);
      send(page, () => this.#event);
    }
  }

  async #looked() {
    try {
      const { now, ...rest } = await this.look();
      return { kind: 'state', shown: JSON.stringify(rest), value: { now, ...rest } };
    } catch (thrown) {
      const { message, next } =
        thrown instanceof IntercomError ? thrown : { message: String(thrown), next: 'Run git intercom doctor.' };
      const trouble = plainly({ message, next });
      return { kind: 'trouble', shown: JSON.stringify(trouble), value: trouble };
    }
  }

  /** Until the signal: by each move of the tip, and now and then. */
  async follow({ store }: Pick<Session, 'store'>, signal: AbortSignal): Promise<void> {
    const timer = setInterval(() => this.lookAgain(), lookAgainMs);
    while (!signal.aborted) {
      try {
        for await (const _tip of store.tips(signal)) this.lookAgain();
      } catch {
        // What is wrong is found and told by the look.
        this.lookAgain();
        await sleep(followAgainMs, undefined, { signal }).catch(() => {});
      }
    }
    clearInterval(timer);
    for (const page of this.#pages.keys()) page.end();
  }
}

/** A page that reads slowly is sent what is newest when it is ready, and nothing of what was before. */
function send(page: ServerResponse, newest: () => string): void {
  if (!page.writableNeedDrain) page.write(newest());
  else if (page.listenerCount('drain') === 0) page.once('drain', () => page.write(newest()));
}
