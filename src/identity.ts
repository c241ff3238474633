/** Who a session of a harness is to the store: the same uid for the same session, whoever asks. */
import type { ProcessEvidence } from './domain/record/record.ts';
import { launchedBy } from './harness/launched-by.ts';
import type { Environment, HarnessSession } from './harness/session.ts';
import { harnessPid } from './store/local/harness-process.ts';
import { processIdentity } from './store/local/process.ts';
import { processUid, sessionUid } from './store/local/session-uid.ts';

export interface SessionIdentity {
  readonly uid: string;
  /** Hexadecimal: where the search for a memorable name begins. */
  readonly seed: string;
  /** The harness's own; it ends with the session. Undefined where it is not known: a client over HTTP may be anywhere. */
  readonly process: ProcessEvidence | undefined;
}

/** The uid of the session that started this one; undefined where nothing tells. */
export function parentOf(session: Pick<HarnessSession, 'harness' | 'id'>, env: Environment): string | undefined {
  const launcher = launchedBy(session, env);
  return launcher && sessionUid(launcher.harness, launcher.id);
}

/** Where the harness does not name its session, its process is the session. */
export function identityOf({ harness, id, pid }: HarnessSession): SessionIdentity {
  // A parent that is gone was taken over by another process; ours is then the best there is.
  const evidence = processIdentity(pid ?? harnessPid() ?? process.pid);
  const uid = id === undefined ? processUid(harness, evidence) : sessionUid(harness, id);
  return { uid, seed: uid.slice(1), process: evidence };
}

/** A client over HTTP is another program than the one that started the server. */
export function identityOverHttp({ harness, id = '' }: Pick<HarnessSession, 'harness' | 'id'>): SessionIdentity {
  const uid = sessionUid(harness, id);
  return { uid, seed: uid.slice(1), process: undefined };
}
