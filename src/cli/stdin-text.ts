/** The text on stdin. What is none is refused before anything is recorded: read as text it would say something else. */
import { UsageError } from './usage-error.ts';
import { whyUnreadable } from './why-unreadable.ts';

/** `read` throws where the bytes are no UTF-8. */
export function textOnStdin(read: () => string): string {
  const text = decoded(read);
  if (text.includes('\0')) throw notText('it is not text', 'Pipe text, or name the file that it comes from.');
  return text;
}

function decoded(read: () => string): string {
  try {
    return read();
  } catch (cause) {
    const next = 'Pipe it through iconv -f latin1 -t utf-8 where it is Latin-1; what is no text, name by its path.';
    throw notText(whyUnreadable(cause), next);
  }
}

function notText(why: string, next: string): UsageError {
  return new UsageError(`What stands on stdin cannot be taken: ${why}.`, next);
}
