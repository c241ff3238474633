/** The process whose life is the agent's: a harness or a script says so by `INTERCOM_PID`. */
import { IntercomError } from '../../domain/failure.ts';
import type { ProcessEvidence } from '../../domain/record/record.ts';
import { oneLine } from '../../domain/text.ts';
import { processIdentity, processState } from './process.ts';

/**
 * Undefined for a person at a shell: nobody is gone because a command has ended. So it is for a process that has ended
 * already, for what it started goes on. Throws `usage` for what is no process id.
 */
export function processFromEnvironment({ INTERCOM_PID: named }: NodeJS.ProcessEnv): ProcessEvidence | undefined {
  if (named === undefined || named === '') return undefined;
  if (!/^[1-9][0-9]{0,9}$/.test(named)) {
    throw new IntercomError({
      code: 'usage',
      message: `INTERCOM_PID is ${oneLine(named, 40)}, which is no process id.`,
      next: 'Set it to the process whose end means that the agent is gone, or unset it.',
    });
  }
  const identity = processIdentity(Number(named));
  return processState(identity) === 'dead' ? undefined : identity;
}
