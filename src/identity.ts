/** Who acts: the agent of a harness's session, one that a person named, or the person at the keyboard. */
import type { ProcessEvidence } from './domain/record/record.ts';
import type { HarnessSession } from './harness/session.ts';
import { harnessPid } from './store/local/harness-process.ts';
import { processIdentity } from './store/local/process.ts';
import { processUid, sessionUid } from './store/local/session-uid.ts';

export interface SessionIdentity {
  readonly uid: string;
  /** Where the search for a memorable name begins; the same for the same session. */
  readonly seed: string;
  readonly process: ProcessEvidence | undefined;
}

/** `session` is undefined, or without an id, where the harness tells nothing: then its process is the session. */
export function identityOf(session: HarnessSession | undefined, harness: string): SessionIdentity | undefined {
  const pid = session?.pid ?? harnessPid();
  const process = pid === undefined ? undefined : processIdentity(pid);
  if (session?.id !== undefined) return withSeed(sessionUid(session.harness, session.id), process);
  return process === undefined ? undefined : withSeed(processUid({ ...process, host: process.host + harness }), process);
}

function withSeed(uid: string, process: ProcessEvidence | undefined): SessionIdentity {
  return { uid, seed: uid.slice(1), process };
}
