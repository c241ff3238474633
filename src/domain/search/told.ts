/** What search found, as lines of text. */
import { origin } from '../message/told.ts';
import { listed, oneLine } from '../text.ts';
import { agoOf } from '../told.ts';
import type { Hit } from './hit.ts';

export function toldHits(hits: readonly Hit[], { nowMs }: { readonly nowMs: number }): string {
  return [origin, ...hits.map((hit) => toldHit(hit, nowMs))].join('\n');
}

function toldHit(hit: Hit, nowMs: number): string {
  const { id, from, at, excerpt } = hit;
  const when = agoOf(at, nowMs);
  if (hit.what === 'message') {
    const about = hit.subject === null || hit.subject === excerpt ? '' : ` ${oneLine(hit.subject, 120)}:`;
    return `${id} ${from} (${when})${about} ${excerpt}`;
  }
  if (hit.what === 'spec') return `spec ${id}@${hit.version} by ${from} (${when}): ${excerpt}`;
  return `${from} ${hit.live ? 'claims' : 'claimed'} ${listed(hit.paths, 3)} (${when}): ${hit.why ?? 'no reason given'}`;
}
