/**
 * One definition for each thing that an agent can do. Surfaces bind to it: the command by a table of words, the
 * library and tools by its name and schema.
 */
import type * as z from 'zod';
import type { Answer } from './answer.ts';
import type { Session } from './session.ts';

export interface Operation<Input extends z.ZodType, Result> {
  readonly name: string;
  /** One sentence: when to use it. */
  readonly summary: string;
  /** A reading operation never commits. */
  readonly effect: 'read' | 'write';
  readonly input: Input;
  readonly run: (input: z.output<Input>, session: Session, signal?: AbortSignal) => Promise<Answer<Result>>;
}

export function defineOperation<Input extends z.ZodType, Result>(operation: Operation<Input, Result>) {
  return operation;
}
