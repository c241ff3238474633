/** Within a push that is not accepted yet, git keeps new objects apart and refuses to move refs; so do we. */
import { IntercomError } from '../../domain/failure.ts';
import type { Repository } from './locate.ts';

export function refuseQuarantine({ isQuarantined, commonDir }: Repository): void {
  if (!isQuarantined) return;
  throw new IntercomError({
    code: 'read-only',
    message: `A push to ${commonDir} is not accepted yet, and nothing can be recorded until it is.`,
    next: 'Do it in a post-receive hook. Reading commands work here, too.',
  });
}
