/** What the scripted model says in a turn: text, tools that it wants to use, or both. */

export interface ToolUse {
  readonly tool: string;
  /** A text for tools that take no JSON, such as the patches of Codex. */
  readonly input: string | Readonly<Record<string, unknown>>;
}

export interface Saying {
  readonly text?: string;
  readonly uses: readonly ToolUse[];
}

export const say = (text: string): Saying => ({ text, uses: [] });
export const use = (tool: string, input: ToolUse['input']): Saying => ({ uses: [{ tool, input }] });

/** One event of a stream, as `text/event-stream` has it. */
export interface StreamEvent {
  readonly event?: string;
  readonly data: unknown;
}

/** How one vendor's protocol asks a model and is answered. */
export interface Dialect {
  readonly path: RegExp;
  /** Whether the agent asks for its next step; harnesses ask for titles and summaries as well, with no tools to use. */
  readonly isStep: (body: RequestBody) => boolean;
  /** The conversation so far; what the model said itself is not news to it. */
  readonly conversation: (body: RequestBody) => readonly Entry[];
  readonly stream: (saying: Saying, body: RequestBody) => readonly StreamEvent[];
}

// biome-ignore lint/suspicious/noExplicitAny: each vendor's own
export type RequestBody = Readonly<Record<string, any>>;
export interface Entry {
  readonly isOwn: boolean;
  readonly value: unknown;
}

let made = 0;
export const freshId = (prefix: string): string => `${prefix}_${String(++made).padStart(24, '0')}`;
