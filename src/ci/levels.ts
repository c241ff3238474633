/** How grave a finding is in the words that GitHub and SARIF share. */
import type { Gravity } from '../domain/check/finding.ts';

export const levels: Readonly<Record<Gravity, 'error' | 'warning'>> = {
  broken: 'error',
  conflict: 'error',
  stale: 'warning',
};
