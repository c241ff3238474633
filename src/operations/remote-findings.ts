/** What `doctor` says of the way to the remote. It asks the remote once. */
import { counted } from '../domain/text.ts';
import { formatDuration, instantOf } from '../domain/time.ts';
import type { Finding } from '../store/port.ts';
import type { Session } from './session.ts';

/** So long it is told that the remote's branch was put back or deleted. */
const lostMs = 7 * 86_400_000;

/** `known` is what was found without asking: a place that is told to be missing there is not told again. */
export async function remoteFindings(
  { sync }: Pick<Session, 'sync'>,
  nowMs: number,
  known: readonly Finding[],
): Promise<Finding[]> {
  if (sync === undefined) return [];
  const looked = await sync.look(0);
  const { unpushed, lost, movedMs, unreached } = await sync.standing();
  const trouble = typeof looked === 'string' ? unreached : looked;
  const findings: Finding[] = [];
  if (trouble !== undefined) {
    const isTold = known.some(({ level, what }) => level === 'warning' && what.includes(sync.remote));
    if (!isTold) findings.push({ level: 'warning', what: trouble.why, next: trouble.next });
    if (unpushed > 0) {
      const since = movedMs === 0 ? '' : ` for ${formatDuration((nowMs - movedMs) / 1000)}`;
      const what = `${counted(unpushed, 'commit')} of this clone ${unpushed === 1 ? 'is' : 'are'} not at the remote ${sync.remote}${since}: others do not know of them.`;
      findings.push({ level: 'warning', what, next: 'Run git intercom sync when it can be reached.' });
    }
  }
  if (looked === 'moved' && !(await sync.hasFetched())) {
    const what = `Coordination is open at the remote ${sync.remote}, and its branch has not been fetched yet: nothing of it is seen here.`;
    findings.push({ level: 'warning', what, next: 'Run git intercom sync.' });
  }
  if (lost !== undefined && nowMs - lost.atMs < lostMs) {
    const [became, why] = {
      deleted: ['deleted', 'It was made again from what this clone had.'],
      rewound: [
        'put back to an older state',
        'What it lacked was offered again, and claims among it were decided again.',
      ],
    }[lost.what] as [string, string];
    const what = `On ${instantOf(lost.atMs)} the remote's coordination branch was found ${became}. ${why}`;
    const next =
      'If the policy names another remote since then, all is well; else find out who did it: git intercom never forces a push.';
    findings.push({ level: 'info', what, next });
  }
  return findings;
}
