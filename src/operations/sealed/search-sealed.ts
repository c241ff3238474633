/** Searching under the seals that the agent has keys to. No index knows what is there: the latest messages are opened one by one. */
import type { MessageRecord } from '../../domain/record/record.ts';
import { somebody } from '../../domain/room/secret.ts';
import { placeIn } from '../../domain/search/excerpt.ts';
import { type Hit, type MessageHit, shownHit } from '../../domain/search/hit.ts';
import type { Wanted } from '../../domain/search/wanted.ts';
import { wordsIn } from '../../domain/search/words.ts';
import { oneLine } from '../../domain/text.ts';
import type { Session } from '../session.ts';
import { Opener, opened } from './opened.ts';

/** So many of the latest messages are looked at, and those of them opened that are sealed: some milliseconds each. */
const messagesLookedAt = 1_000;

/** Nothing, and at no cost, where the agent has no key here or no words are looked for. */
export async function sealedHits(wanted: Wanted, session: Session): Promise<MessageHit[]> {
  if (wanted.phrases.length === 0 || (wanted.kind ?? 'message') !== 'message') return [];
  const opener = await Opener.of(session);
  if (opener.isWithoutKeys) return [];
  const all = { ...wanted, phrases: [], kind: 'message' as const, limit: messagesLookedAt };
  const hits: MessageHit[] = [];
  for (const record of await session.store.archive.find(all)) {
    if (hits.length === wanted.limit) break;
    const content = record.kind === 'message' ? await opener.contentOf(record) : undefined;
    if (record.kind !== 'message' || content === undefined) continue;
    const { from = record.agent, ...said } = content;
    const message: MessageRecord = { ...record, ...said, agent: record.agent === somebody ? from : record.agent };
    if (!wanted.phrases.every((phrase) => textsOf(message).some((text) => placeIn(wordsIn(text), phrase) >= 0)))
      continue;
    const [hit] = await session.store.read((view) => shownHit(message, wanted.phrases, view));
    if (hit?.what === 'message') hits.push({ ...hit, sealed: 'opened' });
  }
  return hits;
}

/** Found by who wrote them or where, and not by their words. */
export async function openedHits(hits: readonly Hit[], session: Session): Promise<Hit[]> {
  const messages = hits.flatMap((hit) => (hit.what === 'message' ? [hit] : []));
  const shown = await opened(messages, session);
  const byId = new Map(
    shown.map((hit) => [hit.id, hit.sealed === undefined ? hit : { ...hit, excerpt: oneLine(hit.text, 200) }]),
  );
  return hits.map((hit) => (hit.what === 'message' ? (byId.get(hit.id) ?? hit) : hit));
}

function textsOf({ subject = '', text, agent, attachments = [] }: MessageRecord): readonly string[] {
  return [subject, text, agent, ...attachments.map(({ path }) => path)];
}
