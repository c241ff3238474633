/** A row of the tool table: how a model calls an operation, and how the answer is told to it. */
import type * as z from 'zod';
import type { Leaving } from '../domain/guard/confirm.ts';
import type { Answer } from '../operations/answer.ts';
import type { Session } from '../operations/session.ts';

export interface Tool<Input extends z.ZodObject = z.ZodObject, Result extends object = object> {
  /** At most 24 characters: clients put the server's name before it, and the whole may have 64. */
  readonly name: string;
  readonly title: string;
  /** When to call it. */
  readonly description: string;
  /** The same where the tools that it names are not there. */
  readonly whenReadOnly?: string;
  readonly toolset: Toolset;
  /** `mark` writes only that mail was seen, and not even that where the server is read-only. */
  readonly effect: 'read' | 'mark' | 'write';
  /** It may take something from somebody else. */
  readonly isDestructive?: boolean;
  /** A second call with the same arguments changes nothing more. */
  readonly isIdempotent?: boolean;
  readonly input: Input;
  /** Arguments that are taken, and whose tokens a list saves: of the core tools, or every list. */
  readonly unlisted?: { readonly [Name in keyof z.output<Input>]?: 'in-core' | 'everywhere' };
  /** Of the answer's parts; which of them are there depends on how it went. */
  readonly output: z.ZodRawShape;
  /** The parts that may be long; those that are there come in pages, one after the other, for which the input has `page`. */
  readonly list?: readonly (keyof Result & string)[];
  /** The tool that takes entries out of the list, after which a later page would pass some by. */
  readonly shortenedBy?: string;
  readonly run: (input: z.output<Input>, calling: Calling) => Promise<Answer<Result>>;
  /** What leaves the agent by this call, which a person may want to confirm, and what to ask. */
  readonly leaves?: (input: z.output<Input>) => { readonly what: Leaving; readonly question: string } | undefined;
  /** What a call that has not answered yet waits for, in a few words. */
  readonly waitsFor?: (input: z.output<Input>, calling: Calling) => Promise<string>;
  /** The short text beside the structured answer; for clients that show nothing else it has what matters. */
  readonly tell: (result: Result, telling: Telling) => string;
}

export type Toolset = 'core' | 'full';

export interface Calling {
  readonly session: Session;
  readonly isReadOnly: boolean;
  /** Fires when the client takes its call back: the wait goes on without it. */
  readonly signal: AbortSignal;
  /**
   * Paths from the top of the repository, absolute ones made so; rejects for those outside of it. One in another work tree is
   * the same path here, but where files are to be read.
   */
  readonly fromTop: (paths: readonly string[], which?: 'files here') => string[];
}

export interface Telling {
  readonly nowMs: number;
  readonly self: string;
  /** Which tools the client was shown. */
  readonly has: (tool: string) => boolean;
}

/** Keeps the types of a row's input and result between its parts. */
export function defineTool<Input extends z.ZodObject, Result extends object>(tool: Tool<Input, Result>): Tool {
  return tool as unknown as Tool;
}
