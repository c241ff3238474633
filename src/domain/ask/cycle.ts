/** Asks that would form a cycle are refused: everybody in it would wait, and nobody answer. */
import type { Ask } from './open.ts';

/**
 * The open asks that lead from `to` back to `from`, in order; undefined when there are none. Depth-first over the
 * agents that wait for an answer; each is looked at once.
 */
export function askingCycle(
  open: readonly Ask[],
  { from, to }: { readonly from: string; readonly to: string },
): Ask[] | undefined {
  const seen = new Set<string>();
  const follow = (name: string, trail: readonly Ask[]): Ask[] | undefined => {
    if (name === from) return [...trail];
    if (seen.has(name)) return undefined;
    seen.add(name);
    for (const ask of open) {
      if (ask.agent !== name) continue;
      for (const asked of ask.to) {
        const found = follow(asked, [...trail, ask]);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };
  return follow(to, []);
}
