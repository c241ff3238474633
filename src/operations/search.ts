/** `search`: messages, claims and specs that have all the words, also those that left the tip long ago; newest first. */
import * as z from 'zod';
import { nameInView } from '../domain/agent/former.ts';
import { listLimitDefault, listLimitMax } from '../domain/limits.ts';
import { agentPath, messagePath } from '../domain/record/path.ts';
import { patternsOf } from '../domain/record/patterns.ts';
import { refuse } from '../domain/refusal.ts';
import { type Hit, shownHit } from '../domain/search/hit.ts';
import { phrasesOf, type Wanted } from '../domain/search/wanted.ts';
import { oneLine } from '../domain/text.ts';
import type { View } from '../domain/view.ts';
import { done, refused } from './answer.ts';
import { defineOperation } from './define.ts';
import { namedPaths } from './named-paths.ts';
import { whyNothing } from './nothing-there.ts';
import { asOwn } from './own-past.ts';
import { openedHits, sealedHits } from './sealed/search-sealed.ts';
import { wholeId } from './whole-id.ts';

/** Of words and phrases; who looks for more knows the text. */
const piecesMax = 50;

export interface SearchResult {
  readonly hits: readonly Hit[];
  /** Sealed messages before this were not opened, for it would have taken too long; absent where all were. */
  readonly unopenedBefore?: string;
}

export const search = defineOperation({
  name: 'search',
  summary: 'Find messages, claims and specs, present and past, that have all these words or "phrases"; newest first.',
  effect: 'read',
  input: z.object({
    words: z.array(z.string().min(1)).max(piecesMax).default([]).describe('whole words or their beginnings'),
    kind: z.enum(['message', 'claim', 'spec']).optional(),
    from: z.string().min(1).optional().describe('who sent, claimed or published it'),
    thread: z.string().min(1).optional().describe('any message of the thread'),
    room: z.string().min(1).optional().describe('its name, with or without @'),
    path: z.string().min(1).optional().describe('what was claimed or attached there'),
    sinceSeconds: z.number().min(1).optional(),
    limit: z.number().min(1).max(listLimitMax).default(listLimitDefault),
  }),
  run: async ({ words, kind, from, thread, room, path, sinceSeconds, limit }, session) => {
    const { store } = session;
    const phrases = phrasesOf(words);
    if (phrases.length === 0 && words.length > 0) {
      const message = `${oneLine(words.join(' '), 80)} has no letters or digits, and only those are looked for.`;
      return refused(refuse('bad-name', message, 'Search for a word, or the beginning of one.', { words }).refusal);
    }
    const whole = thread === undefined ? undefined : await wholeId(thread, session, 'past and present');
    if (whole !== undefined && whole.status !== 'done') return whole;
    const [named] = whole === undefined ? [] : await store.archive.last([messagePath(whole.value)]);
    const { nowMs, fromUid } = await store.read((view, nowMs) => ({ nowMs, fromUid: from && uidOf(from, view) }));
    const wanted: Wanted = {
      phrases,
      kind,
      from,
      fromUid,
      thread: named?.kind === 'message' ? named.thread : whole?.value,
      room: room?.replace(/^@/, ''),
      touching: path === undefined ? undefined : patternsOf(await namedPaths([path], session), store.place),
      sinceMs: sinceSeconds === undefined ? undefined : nowMs - sinceSeconds * 1000,
      limit,
    };
    const records = await store.archive.find(wanted, (done, all) =>
      session.tellProgress?.(`The history is read for the search, once: ${done} of ${all} commits.`),
    );
    const found = await store.read((view) => records.flatMap((record) => shownHit(record, phrases, view)));
    const { hits: sealed, unopenedBefore } = await sealedHits(wanted, session);
    const ids = new Set(sealed.map(({ id }) => id));
    const opened = await openedHits(
      found.filter(({ id }) => !ids.has(id)),
      session,
    );
    // A spec has its name for an id, and each version an author.
    const byOne = records.filter(({ kind }) => kind !== 'spec');
    const shown = await asOwn(opened, byOne, session);
    const why = shown.length + sealed.length > 0 ? undefined : await whyNothing(wanted, session);
    if (why !== undefined) return refused(why);
    const hits = [...shown, ...sealed].sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1));
    return done<SearchResult>({ hits: hits.slice(0, limit), ...(unopenedBefore !== undefined && { unopenedBefore }) });
  },
});

/** Undefined for a name that nobody has or had. */
function uidOf(name: string, view: View): string | undefined {
  const record = view.record(agentPath(nameInView(view, { name })));
  return record?.kind === 'agent' ? record.uid : undefined;
}
