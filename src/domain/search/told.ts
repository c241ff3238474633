/** What search found, as lines of text. */
import { provenanceOf, toldSignature } from '../message/provenance.ts';
import { listed, oneLine } from '../text.ts';
import { agoOf } from '../told.ts';
import type { Hit } from './hit.ts';

/** Of sealed messages that would have taken too long to open. */
export function toldUnopened(before: string): string {
  return `Sealed messages before ${before} were not opened: look in one thread, or for less far back.`;
}

export function toldHits(
  hits: readonly Hit[],
  { nowMs, self }: { readonly nowMs: number; readonly self?: string },
): string {
  const above = provenanceOf(hits, self);
  return [...(above === undefined ? [] : [above]), ...hits.map((hit) => toldHit(hit, nowMs))].join('\n');
}

function toldHit(hit: Hit, nowMs: number): string {
  const { id, from, at, excerpt } = hit;
  const when = agoOf(at, nowMs);
  if (hit.what === 'message') {
    const about = hit.subject === null || hit.subject === excerpt ? '' : ` ${oneLine(hit.subject, 120)}:`;
    const signed = hit.signature === undefined ? '' : `, ${toldSignature(hit.signature)}`;
    return `${id} ${from} (${when}${signed})${about} ${excerpt}`;
  }
  if (hit.what === 'spec') return `spec ${id}@${hit.version} by ${from} (${when}): ${excerpt}`;
  return `${from} ${hit.live ? 'claims' : 'claimed'} ${listed(hit.paths, 3)} (${when}): ${hit.why ?? 'no reason given'}`;
}
