/** May I edit: one line, and the rivals below it, with what to do. */
import { hiddenName, holderWord } from '../../domain/agent/visibility.ts';
import { mendUnreadable } from '../../domain/claim/refusals.ts';
import { isUnreadable, type Verdict } from '../../domain/claim/verdict.ts';
import { pathWord } from '../../domain/shell-word.ts';
import { listed } from '../../domain/text.ts';
import { formatDuration, msOf } from '../../domain/time.ts';
import type { Telling } from '../command.ts';

/** `typed` are the paths that were asked about, as the next command takes them where they were typed. */
export function renderVerdict(
  { verdict, rivals }: Verdict,
  telling: Pick<Telling, 'terminal' | 'nowMs'>,
  typed: readonly string[],
): string {
  const { paint } = telling.terminal;
  const asked = typed.length === 1 ? 'it' : 'them';
  if (verdict === 'ours') return `${paint('green', 'ours')}: you hold a claim on ${asked}.`;
  if (verdict === 'free') return `${paint('green', 'free')}: nobody else holds ${asked}.`;
  const lines = rivals.map((rival) => {
    if (isUnreadable(rival)) return `  ${listed(rival.overlap, 3)} is held by claim ${rival.id}, and ${rival.why}`;
    const seconds = rival.expires === null ? undefined : (msOf(rival.expires) - telling.nowMs) / 1000;
    const left = seconds === undefined ? '' : `, ${formatDuration(seconds)} left`;
    const on = rival.branch === null ? '' : ` on ${rival.branch}`;
    const why = rival.why === null ? '' : `: ${rival.why}`;
    const are = rival.overlap.length === 1 ? 'is' : 'are';
    return `  ${listed(rival.overlap, 3)} ${are} claimed by ${holderWord(rival)}${on}${left}${why}`;
  });
  const wait = `git intercom claim ${typed.map(pathWord).join(' ')} --wait to stand in line`;
  const [first] = rivals;
  const ask = first?.agent === hiddenName ? '' : `, or git intercom send ${first?.agent} "…"`;
  const ways = first !== undefined && isUnreadable(first) ? mendUnreadable : `${wait}${ask}`;
  const next = `${paint('cyan', 'next:')}  Run ${ways}.`;
  return [`${paint('red', 'conflict')}`, ...lines, next].join('\n');
}
