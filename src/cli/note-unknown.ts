/** Says beside an empty list that the name it was narrowed to is nobody's: the list would be empty in any case. */
import { plainText } from '../domain/text.ts';
import { unknownName } from '../operations/unknown-name.ts';
import type { Calling } from './command.ts';

export async function noteUnknown(name: string | undefined, { session, terminal }: Calling): Promise<void> {
  const unknown = name === undefined ? undefined : await unknownName(name, session);
  if (unknown === undefined) return;
  terminal.err(`${terminal.paint('yellow', 'note:')}  ${plainText(`${unknown.message} ${unknown.next}`)}`);
}
