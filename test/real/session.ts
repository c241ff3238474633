/** One session of a harness in a project, and what its model says. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Idle, RealHarness } from './harness.ts';
import { Model, type ModelRequest, type Turn } from './model/model.ts';
import type { Project } from './project.ts';
import type { Ended } from './run.ts';
import type { Steps } from './steps.ts';
import { Terminal } from './terminal.ts';

let started = 0;

export class Session {
  readonly #agent = `agent${++started}`;
  #turnsBefore = 0;

  constructor(
    readonly harness: RealHarness,
    readonly project: Project,
  ) {}

  get #model(): Model {
    return this.project.machine.model;
  }

  /** The work of a step, in the words of the harness. */
  get steps(): Steps {
    return this.harness.steps((path) => this.project.path(path));
  }

  plays(...turns: Turn[]): void {
    this.#model.plays(this.#agent, ...turns);
  }

  get requests(): readonly ModelRequest[] {
    return this.#model.requests(this.#agent);
  }

  /** Resolves when the session asks its model for the step of that number, from 0. */
  request(n: number): Promise<ModelRequest> {
    return this.#model.request(this.#agent, n);
  }

  /** The conversation as the model saw it last. */
  get heard(): string {
    return this.requests.at(-1)?.all ?? '';
  }

  /** Without a terminal: the prompt is answered and the session ends. Rejects where the harness fails. */
  async run(prompt = 'Begin.'): Promise<Ended> {
    const { machine, dir } = this.project;
    const ended = await machine.run(this.harness.binary, this.harness.once(prompt), dir, this.#env());
    if (ended.code !== 0)
      throw new Error(`${this.harness.binary} ended with ${ended.code}: ${ended.stderr}${ended.stdout}`);
    return ended;
  }

  /** In a terminal, beginning with the prompt; it stays open when that is answered. */
  open(prompt = 'Begin.'): Terminal {
    const { machine, dir } = this.project;
    const { open } = idle(this.harness);
    this.#turnsBefore = this.#turnsOver();
    const place = { cwd: dir, env: machine.env(this.#env()) };
    return new Terminal(machine.dir, [this.harness.binary, ...open(prompt)], place);
  }

  /** Resolves when that many turns are over since it was opened: then it waits for a person. */
  async isIdle(turns = 1): Promise<void> {
    while (this.#turnsOver() < this.#turnsBefore + turns) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Of all sessions on the machine; one at a time is in a terminal. */
  #turnsOver(): number {
    const { transcripts, endOfTurn } = idle(this.harness);
    const folder = join(this.project.machine.home, transcripts);
    const files = existsSync(folder) ? (readdirSync(folder, { recursive: true }) as string[]) : [];
    const texts = files
      .filter((file) => /\.(jsonl|log)$/.test(file))
      .map((file) => readFileSync(join(folder, file), 'utf8'));
    return texts.join('').split(endOfTurn).length - 1;
  }

  #env(): Readonly<Record<string, string>> {
    return this.harness.env({ modelUrl: this.#model.url, key: Model.keyOf(this.#agent) });
  }
}

function idle({ idle, binary }: RealHarness): Idle {
  if (idle === undefined) throw new Error(`nobody has said yet how ${binary} waits in a terminal`);
  return idle;
}
