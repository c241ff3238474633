/**
 * One definition for each thing that an agent can do. Surfaces bind to it: the command by a table of words, the
 * library and tools by its name and schema.
 */
import type * as z from 'zod';
import type { Answer } from './answer.ts';
import { done, refused } from './answer.ts';
import { readingHere } from './hub.ts';
import { whoseName } from './namesake.ts';
import { withoutSecrets } from './secrets.ts';
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

/**
 * What is written was looked at for secrets, whichever surface it came by. In a hub every answer says paths as they are written in the session's repository, and what an agent does or reads as
 * itself is refused where its name is a namesake's of another repository.
 */
export function defineOperation<Input extends z.ZodType, Result>(operation: Operation<Input, Result>) {
  const run: typeof operation.run = async (input, given, signal) => {
    const looked = operation.effect === 'write' ? await withoutSecrets(input, given) : done(given);
    if (looked.status !== 'done') return looked;
    const session = looked.value;
    const namesake = await whoseName(operation, session);
    if (namesake !== undefined) return refused(namesake);
    if (session.store.place.repository === null) return operation.run(input, session, signal);
    const answer = await operation.run(input, session, signal);
    return (await readingHere(session))(answer);
  };
  return { ...operation, run };
}
