/** The process whose life is the agent's: a harness or a script says so by `INTERCOM_PID`. */
import type { ProcessEvidence } from '../../domain/record/record.ts';
import { processIdentity } from './process.ts';

/** Undefined for a person at a shell: nobody is gone because a command has ended. */
export function processFromEnvironment(env: NodeJS.ProcessEnv): ProcessEvidence | undefined {
  const pid = Number(env.INTERCOM_PID);
  return Number.isInteger(pid) && pid > 1 ? processIdentity(pid) : undefined;
}
