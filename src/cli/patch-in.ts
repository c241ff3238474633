/** `thread <id> --patch`: the patch that came with a message, byte for byte, for git apply. */
import { isTypedId } from '../domain/id.ts';
import { refuse } from '../domain/refusal.ts';
import { counted, plainText } from '../domain/text.ts';
import { type Answer, done, refused } from '../operations/answer.ts';
import type { ShownInThread } from '../operations/thread.ts';
import type { Terminal } from './terminal.ts';

/**
 * Of the message that was named, else of the only one in its thread that has any. A person at a terminal sees it without
 * control characters; what is piped is as it was.
 */
export function patchIn(
  messages: readonly ShownInThread[],
  typed: string,
  { isInteractive }: Pick<Terminal, 'isInteractive'>,
): Answer<string> {
  const having = messages.filter(({ attachments }) => attachments.some(({ kind }) => kind === 'patch'));
  const named = having.filter(({ id }) => isTypedId(typed) && id.endsWith(typed));
  const [one, ...others] = named.length > 0 ? named : having;
  if (one === undefined || others.length > 0) {
    const has = having.length === 0 ? 'no patch' : counted(having.length, 'message');
    const which = having.map(({ id }) => id);
    const what = having.length === 0 ? `has ${has}` : `has ${has} with a patch`;
    const next =
      having.length === 0
        ? `Run git intercom thread ${typed} to read it.`
        : `Name one: git intercom thread ${which[0]} --patch.`;
    return refused(refuse('unknown-message', `The thread ${typed} ${what}.`, next, { having: which }).refusal);
  }
  const text = one.attachments.map(({ kind, text = '' }) => (kind === 'patch' ? text : '')).join('');
  // Printing ends it with a line feed again.
  return done((isInteractive ? plainText(text) : text).replace(/\n$/, ''));
}
