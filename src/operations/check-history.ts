/** The commits that a check looks at. What each of them changed is read, so the number is bounded unless all are asked for. */
import type { SeenCommit, SeenHistory } from '../domain/check/seen-commit.ts';
import type { Unseen } from '../domain/check/unseen.ts';
import type { LocatedBranch } from '../store/port.ts';
import type { Session } from './session.ts';

/** About a tenth of a second. What was forged is found by the next run of a CI, and not told for ever after. */
const commitsByDefault = 100;

/**
 * `commits` is how many are asked for; undefined: the latest, and only what is wrong with them today. Rejects where
 * signatures are asked for and git cannot verify any.
 */
export async function historyOf(
  { tip }: LocatedBranch,
  commits: number | undefined,
  isSigned: boolean,
  { store }: Pick<Session, 'store'>,
): Promise<{ readonly history: SeenHistory; readonly unseen: Unseen }> {
  const wanted = commits ?? commitsByDefault;
  const isStrict = commits !== undefined;
  const found: SeenCommit[] = [];
  if (wanted > 0) {
    for await (const commit of store.audit(tip)) {
      found.push(commit);
      if (found.length >= wanted) break;
    }
  }
  const signatures = isSigned && found.length > 0 ? await store.signatures(tip, found.length) : undefined;
  const last = found.at(-1);
  const isCut = isStrict && last !== undefined && last.parents.length > 0 && found.length < wanted;
  const seen = found.map((commit) => ({ ...commit, signature: signatures?.get(commit.oid) }));
  return { history: { commits: seen, isStrict }, unseen: isCut ? { commitsHere: found.length } : {} };
}
