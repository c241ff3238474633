/** May I edit: one line, and the rivals below it. */
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
    const why = rival.why === null ? '' : `: ${rival.why}`;
    return `  ${rival.overlap.join(', ')} is claimed by ${rival.agent}${left}${why}`;
  });
  return [`${paint('red', 'conflict')}`, ...lines].join('\n');
}
