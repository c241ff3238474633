/** An agent at work through the tools: it claims, asks, writes, reads and releases by chance, and keeps what was answered. */
import type { Random } from './random.ts';

export type CallTool = (
  tool: string,
  args: Readonly<Record<string, unknown>>,
) => Promise<{ readonly isError: boolean; readonly structure: Readonly<Record<string, unknown>> }>;

/** What was answered to have been done, by all agents together. */
export interface Acts {
  calls: number;
  /** Sentences; none is well. */
  readonly unexpected: string[];
  readonly claimed: Set<string>;
  readonly released: Set<string>;
  /** The readers of each message. */
  readonly sent: Map<string, readonly string[]>;
  /** By each reader. */
  readonly acknowledged: Map<string, Set<string>>;
}

export function newActs(): Acts {
  const acknowledged = new Map<string, Set<string>>();
  return { calls: 0, unexpected: [], claimed: new Set(), released: new Set(), sent: new Map(), acknowledged };
}

interface WorkerParts {
  readonly names: readonly string[];
  /** Which of the names. */
  readonly self: number;
  readonly call: CallTool;
  readonly acts: Acts;
  readonly random: Random;
}

/** So few that agents meet. */
const files = 30;
const thinkMsMax = 100;
/** Refusals that agents who meet are bound to get; the last where an offer was not taken in time. */
const expectedRefusals = ['claim-conflict', 'wait-cycle', 'unknown-claim'];

interface Item {
  readonly id: string;
}

export class Worker {
  readonly #acts: readonly (() => Promise<unknown>)[];
  #inLine: string | undefined;
  #unread: readonly string[] = [];

  constructor(private readonly parts: WorkerParts) {
    const { random } = parts;
    const often = [() => this.#claim(), () => this.#checkEdit(), () => this.#send(), () => this.#peek()];
    const seldom = [
      () => this.#ack(),
      () => this.#reply(),
      () => this.#release(),
      () => this.#do('who', {}),
      () => this.#do('status', { text: `at file ${random(files)}` }),
    ];
    this.#acts = [...often, ...often, ...seldom];
  }

  async runUntil(endMs: number): Promise<void> {
    const { random } = this.parts;
    while (performance.now() < endMs) {
      await this.#acts[random(this.#acts.length)]?.();
      await new Promise((resolve) => setTimeout(resolve, random(thinkMsMax)));
    }
  }

  /** Undefined where it was refused. */
  async #do(tool: string, args: Readonly<Record<string, unknown>>) {
    const { acts, call } = this.parts;
    acts.calls++;
    try {
      const { isError, structure } = await call(tool, args);
      if (!isError) return structure;
      const { code, message } = structure.error as { code: string; message: string };
      if (!expectedRefusals.includes(code)) acts.unexpected.push(`${tool}: ${code}: ${message}`);
    } catch (thrown) {
      acts.unexpected.push(`${tool}: ${thrown}`);
    }
    return undefined;
  }

  async #claim(): Promise<void> {
    const { random } = this.parts;
    const wait = random(3) === 0 ? { wait_seconds: random(2) + 1 } : {};
    const args =
      this.#inLine === undefined
        ? { paths: [this.#file()], why: 'to see whether it holds', ...wait }
        : { id: this.#inLine, wait_seconds: 1 };
    const structure = await this.#do('claim', args);
    this.#inLine = (structure?.waiting as Item | undefined)?.id;
    const claim = structure?.claim as Item | undefined;
    if (claim === undefined) return;
    this.parts.acts.claimed.add(claim.id);
  }

  async #release(): Promise<void> {
    const structure = await this.#do('release', { all: true });
    for (const { id } of (structure?.claims ?? []) as readonly Item[]) {
      this.parts.acts.released.add(id);
    }
  }

  async #checkEdit(): Promise<void> {
    await this.#do('check_edit', { paths: [this.#file()] });
  }

  async #send(): Promise<void> {
    const { random, self, names } = this.parts;
    const others = names.filter((_, n) => n !== self);
    const isToAll = random(20) === 0;
    const to = isToAll ? ['all'] : [others[random(others.length)] as string];
    const structure = await this.#do('send', { to, text: `I am at file ${random(files)}.` });
    const message = structure?.message as Item | undefined;
    if (message !== undefined) this.parts.acts.sent.set(message.id, isToAll ? others : to);
  }

  async #peek(): Promise<void> {
    const structure = await this.#do('peek', {});
    this.#unread = ((structure?.messages ?? []) as readonly Item[]).map(({ id }) => id);
  }

  async #ack(): Promise<void> {
    const ids = this.#unread.slice(0, 5);
    this.#unread = this.#unread.slice(5);
    if (ids.length > 0 && (await this.#do('ack', { ids })) !== undefined) this.#noteAcknowledged(ids);
  }

  async #reply(): Promise<void> {
    const [id] = this.#unread;
    if (id === undefined) return;
    this.#unread = this.#unread.slice(1);
    const structure = await this.#do('reply', { id, text: 'I have seen it.' });
    if (structure === undefined) return;
    this.#noteAcknowledged([id]);
    const message = structure.message as Item & { readonly to: readonly string[] };
    this.parts.acts.sent.set(message.id, message.to);
  }

  #noteAcknowledged(ids: readonly string[]): void {
    const { acts, names, self } = this.parts;
    const name = names[self] as string;
    const mine = acts.acknowledged.get(name) ?? new Set();
    for (const id of ids) mine.add(id);
    acts.acknowledged.set(name, mine);
  }

  #file(): string {
    return `src/file-${this.parts.random(files)}.ts`;
  }
}
