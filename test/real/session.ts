/** One session of a harness in a project, and what its model says. */
import type { RealHarness } from './harness.ts';
import { Model, type ModelRequest, type Turn } from './model/model.ts';
import type { Project } from './project.ts';
import type { Ended } from './run.ts';

let started = 0;

export class Session {
  readonly #key = `agent${++started}`;

  constructor(
    readonly harness: RealHarness,
    readonly project: Project,
  ) {}

  get #model(): Model {
    return this.project.machine.model;
  }

  plays(...turns: Turn[]): void {
    this.#model.plays(this.#key, ...turns);
  }

  get requests(): readonly ModelRequest[] {
    return this.#model.requests(this.#key);
  }

  /** Resolves when the session asks its model for the step of that number, from 0. */
  request(n: number): Promise<ModelRequest> {
    return this.#model.request(this.#key, n);
  }

  /** The conversation as the model saw it last. */
  get heard(): string {
    return this.requests.at(-1)?.all ?? '';
  }

  /** Without a terminal: the prompt is answered and the session ends. */
  async run(prompt = 'Begin.'): Promise<Ended> {
    const { machine, dir } = this.project;
    return machine.run(this.harness.binary, this.harness.once(prompt), dir, this.env());
  }

  env(): Readonly<Record<string, string>> {
    return this.harness.env({ modelUrl: this.#model.url, key: Model.keyOf(this.#key) });
  }
}
