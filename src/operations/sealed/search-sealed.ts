/** Searching under the seals that the agent has keys to. No index knows what is there: messages are opened one by one, the newest first. */
import { shownMessage } from '../../domain/message/present.ts';
import { messagePath } from '../../domain/record/path.ts';
import type { MessageRecord } from '../../domain/record/record.ts';
import { somebody } from '../../domain/room/secret.ts';
import { placeIn } from '../../domain/search/excerpt.ts';
import { type Hit, type MessageHit, shownHit } from '../../domain/search/hit.ts';
import type { Wanted } from '../../domain/search/wanted.ts';
import { wordsIn } from '../../domain/search/words.ts';
import { oneLine } from '../../domain/text.ts';
import type { Session } from '../session.ts';
import { Opener, opened } from './opened.ts';

/** Opening one costs half a millisecond: a search has so long for it. */
const openingMsMax = 5_000;
const messagesPerLook = 500;
/** The cryptography of node works beside the program, on several at a time. */
const messagesAtOnce = 25;

export interface SealedHits {
  readonly hits: readonly MessageHit[];
  /** Sealed messages before this were not opened; undefined where all were that it took. */
  readonly unopenedBefore?: string | undefined;
}

/**
 * Nothing, and at no cost, where the agent has no key here or no words are looked for. In a secret room who wrote and where is under
 * the seal, too, so that these are told when it is open.
 */
export async function sealedHits(wanted: Wanted, session: Session, msMax = openingMsMax): Promise<SealedHits> {
  if (wanted.phrases.length === 0 || (wanted.kind ?? 'message') !== 'message') return { hits: [] };
  const opener = await Opener.of(session);
  if (opener.isWithoutKeys) return { hits: [] };
  const { thread, touching, sinceMs } = wanted;
  const all = {
    phrases: [],
    kind: 'message',
    sealed: 'yes',
    thread,
    touching,
    sinceMs,
    limit: messagesPerLook,
  } as const;
  const endMs = performance.now() + msMax;
  const found: Found[] = [];
  for (let before: string | undefined; ; ) {
    const records = await session.store.archive.find({ ...all, before });
    const messages = records.flatMap((record) => (record.kind === 'message' ? [record] : []));
    for (let at = 0; at < messages.length; at += messagesAtOnce) {
      if (found.length >= wanted.limit) return { hits: await shownHits(found, wanted, session) };
      if (performance.now() > endMs)
        return { hits: await shownHits(found, wanted, session), unopenedBefore: messages[at]?.at };
      const some = await Promise.all(
        messages.slice(at, at + messagesAtOnce).map(async (record): Promise<Found[]> => {
          const message = await openedRecord(record, opener);
          return message !== undefined && isWanted(message, wanted) ? [{ record, message }] : [];
        }),
      );
      found.push(...some.flat().slice(0, wanted.limit - found.length));
    }
    const last = records.at(-1);
    if (records.length < messagesPerLook || last === undefined)
      return { hits: await shownHits(found, wanted, session) };
    before = messagePath(last.id);
  }
}

interface Found {
  /** As the branch has it. */
  readonly record: MessageRecord;
  /** With what is under its seal. */
  readonly message: MessageRecord;
}

async function openedRecord(record: MessageRecord, opener: Opener): Promise<MessageRecord | undefined> {
  const content = await opener.contentOf(record);
  if (content === undefined) return undefined;
  const { from, room = record.room, isPutOut: _isPutOut, ...said } = content;
  return { ...record, ...said, room, agent: record.agent === somebody ? (from ?? record.agent) : record.agent };
}

function isWanted(message: MessageRecord, { phrases, from, fromUid, room }: Wanted): boolean {
  if (from !== undefined && message.agent !== from && message.uid !== fromUid) return false;
  if (room !== undefined && message.room !== room) return false;
  return phrases.every((phrase) => textsOf(message).some((text) => placeIn(wordsIn(text), phrase) >= 0));
}

async function shownHits(found: readonly Found[], { phrases }: Wanted, { store }: Session): Promise<MessageHit[]> {
  const signatures = await store.messageSignatures(found.map(({ record }) => shownMessage(record)));
  const shown = await store.read((view) => found.flatMap(({ message }) => shownHit(message, phrases, view)));
  return shown.flatMap((hit): MessageHit[] => {
    if (hit.what !== 'message') return [];
    const signature = signatures.get(hit.id);
    return [{ ...hit, sealed: 'opened', ...(signature !== undefined && { signature }) }];
  });
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
