/** From what the operating system answers to a sentence with a way on. */
import { IntercomError } from '../../domain/failure.ts';

export function failureOf(cause: unknown, doing: string, what: string): Error {
  if (cause instanceof IntercomError) return cause;
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new IntercomError({
      code: 'disk-full',
      message: `The disk is full: could not ${doing} in ${what}. Nothing was recorded.`,
      next: 'Free some space and run the command again.',
      cause,
    });
  }
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new IntercomError({
      code: 'read-only',
      message: `Could not ${doing}: ${what} is not writable (${code}). Nothing was recorded.`,
      next: 'Check the owner and the permissions of the repository. Reading commands still work.',
      cause,
    });
  }
  return new IntercomError({
    code: 'io-failed',
    message: `Could not ${doing} in ${what}: ${message}.`,
    next: 'Run git intercom doctor.',
    cause,
  });
}
