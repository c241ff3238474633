/** May I edit: one line, and the rivals below it, with what to do. */
import { quoted } from '../../domain/claim/refusals.ts';
import type { Verdict } from '../../domain/claim/verdict.ts';
import { formatDuration, msOf } from '../../domain/time.ts';
import type { Telling } from '../command.ts';

export function renderVerdict({ verdict, rivals }: Verdict, telling: Pick<Telling, 'terminal' | 'nowMs'>): string {
  const { paint } = telling.terminal;
  if (verdict === 'ours') return `${paint('green', 'ours')}: you hold a claim on it.`;
  if (verdict === 'free') return `${paint('green', 'free')}: nobody else holds it.`;
  const lines = rivals.map((rival) => {
    const seconds = rival.expires === null ? undefined : (msOf(rival.expires) - telling.nowMs) / 1000;
    const left = seconds === undefined ? '' : `, ${formatDuration(seconds)} left`;
    const on = rival.branch === null ? '' : ` on ${rival.branch}`;
    const why = rival.why === null ? '' : `: ${rival.why}`;
    return `  ${rival.overlap.join(', ')} is claimed by ${rival.agent}${on}${left}${why}`;
  });
  const paths = [...new Set(rivals.flatMap(({ overlap }) => overlap))].map(quoted).join(' ');
  const wait = `git intercom claim ${paths} --wait to stand in line`;
  const next = `${paint('cyan', 'next:')}  Run ${wait}, or git intercom send ${rivals[0]?.agent} "…".`;
  return [`${paint('red', 'conflict')}`, ...lines, next].join('\n');
}
