/** What search found, as text: one line each. */
import type { Hit } from '../../domain/search/hit.ts';
import { toldUnopened } from '../../domain/search/told.ts';
import { listed, oneLine } from '../../domain/text.ts';
import { aligned } from '../columns.ts';
import type { Telling } from '../command.ts';
import { above } from './mail.ts';
import { ago, idWord, nameWord, signatureMark } from './words.ts';

export function renderHits(hits: readonly Hit[], telling: Telling, unopenedBefore?: string): string {
  const unopened = unopenedBefore === undefined ? [] : [telling.terminal.paint('dim', toldUnopened(unopenedBefore))];
  if (hits.length === 0) return ['Nothing has all these words.', ...unopened].join('\n');
  const { terminal } = telling;
  const rows = hits.map((hit) => [
    hit.what === 'spec' ? terminal.paint('dim', `${hit.id}@${hit.version}`) : idWord(hit.id, telling),
    nameWord(hit.from, telling),
    `${terminal.paint('dim', ago(hit.at, telling))}${signed(hit, telling)}`,
    said(hit),
  ]);
  const list = `${above(hits, telling)}${aligned(rows, terminal.columns).join('\n')}`;
  return [list, ...unopened].join('\n\n');
}

function signed(hit: Hit, telling: Telling): string {
  return hit.what === 'message' && hit.signature !== undefined ? `, ${signatureMark(hit.signature, telling)}` : '';
}

function said(hit: Hit): string {
  if (hit.what === 'message') {
    const text = hit.excerpt === hit.subject ? oneLine(hit.text, 200) : hit.excerpt;
    return [hit.subject ?? '', text].filter(Boolean).join(': ');
  }
  if (hit.what === 'spec') return `spec${hit.live ? '' : ', an earlier version'}: ${hit.excerpt}`;
  const why = hit.why === null ? '' : `: ${oneLine(hit.why, 200)}`;
  return `${hit.live ? 'claims' : 'claimed'} ${listed(hit.paths, 3)}${why}`;
}
