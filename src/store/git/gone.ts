/** A repository that was removed while a process has it open: what is written then would make a folder that is none. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { IntercomError } from '../../domain/failure.ts';
import type { Repository } from './locate.ts';

export function refuseGone({ commonDir }: Pick<Repository, 'commonDir'>): void {
  if (existsSync(join(commonDir, 'HEAD'))) return;
  throw new IntercomError({
    code: 'not-a-repository',
    message: `The git repository ${commonDir} is not there any more. Nothing was recorded.`,
    next: 'Go on in a repository that is there; a session that began in this one has to begin anew.',
    data: { commonDir },
  });
}
