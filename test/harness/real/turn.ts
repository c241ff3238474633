/** What a scripted model says in one answer: words, or calls of tools. */
export interface Turn {
  readonly text?: string;
  readonly calls?: readonly Call[];
}

export interface Call {
  readonly tool: string;
  /** A text for tools whose input is no JSON, such as Codex's `apply_patch`. */
  readonly input: object | string;
}

/** An event of a stream as servers send it: `event` where the dialect names them. */
export interface StreamEvent {
  readonly event?: string;
  readonly data: object | string;
}

/** How a provider's interface writes a turn. */
export interface Dialect {
  /** Of the paths of its requests, without the query. */
  readonly path: RegExp;
  /** Whether the agent itself asks, and not what makes titles and summaries. */
  readonly isAgents: (body: Body) => boolean;
  readonly stream: (turn: Turn, model: string) => readonly StreamEvent[];
}

export type Body = Readonly<Record<string, unknown>>;

export function hasTools({ tools }: Body): boolean {
  return Array.isArray(tools) && tools.length > 0;
}

let made = 0;

/** Of messages and calls: unique within a test. */
export function nextId(prefix: string): string {
  made += 1;
  return `${prefix}_${String(made).padStart(12, '0')}`;
}
