/** Who a session of a harness is to the store: the same uid for the same session, whoever asks. */
import type { ProcessEvidence } from './domain/record/record.ts';
import { launchedBy } from './harness/launched-by.ts';
import type { Environment, HarnessSession } from './harness/session.ts';
import type { Siblings } from './operations/arrive.ts';
import { harnessPid } from './store/local/harness-process.ts';
import { processIdentity, selfProcess } from './store/local/process.ts';
import { processUid, sessionUid } from './store/local/session-uid.ts';

export interface SessionIdentity {
  readonly uid: string;
  /** Hexadecimal: where the search for a memorable name begins. */
  readonly seed: string;
  /** It ends with the session: the harness's own, or the server's for a session over HTTP. Undefined where none does. */
  readonly process: ProcessEvidence | undefined;
  /** Only where several sessions cannot be told apart but by their servers. */
  readonly siblings?: Siblings;
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

/**
 * Of a program that we have no hooks for, nothing but its servers tells its sessions apart: one that starts while another
 * lives is another session, and one that starts after it has ended is the same.
 */
export function identityOfServer(harness: string): SessionIdentity {
  const within = processIdentity(harnessPid() ?? process.pid);
  const uid = processUid(harness, within);
  const uidOf = (nth: number) => (nth === 0 ? uid : processUid(`${harness} ${nth}`, within));
  return { uid, seed: uid.slice(1), process: selfProcess(), siblings: { within, uidOf } };
}

/**
 * A client over HTTP is another program than the one that started the server, and may be anywhere. A session of the protocol
 * ends with the server; one that the harness names in each call goes on with the next, and nothing tells of its process.
 */
export function identityOverHttp(
  harness: string,
  httpSession: string,
  named: Pick<HarnessSession, 'harness' | 'id'> | undefined,
): SessionIdentity {
  const uid =
    named === undefined ? sessionUid(`http ${harness}`, httpSession) : sessionUid(named.harness, named.id ?? '');
  return { uid, seed: uid.slice(1), process: named === undefined ? selfProcess() : undefined };
}
