/** Sealed messages as their reader sees them. What was opened is in the answer alone: it is written nowhere. */
import { type ShownMessage, shownMessage } from '../../domain/message/present.ts';
import { messagePath, roomKeysFolder } from '../../domain/record/path.ts';
import type { MessageRecord } from '../../domain/record/record.ts';
import { somebody } from '../../domain/room/secret.ts';
import { type Content, closedText, parseContent } from '../../domain/sealed/content.ts';
import { type Answer, done } from '../answer.ts';
import { ownUid } from '../own-uid.ts';
import type { Session } from '../session.ts';

/**
 * In the same order, and with their signatures where somebody signs. Costs next to nothing where none is signed or sealed,
 * and some milliseconds for each that is.
 */
export async function opened<T extends ShownMessage>(messages: readonly T[], session: Session): Promise<T[]> {
  return unsealed(await withSignatures(messages, session), session);
}

async function unsealed<T extends ShownMessage>(messages: T[], session: Session): Promise<T[]> {
  if (messages.every(({ sealed }) => sealed === undefined)) return messages;
  const opener = await Opener.of(session);
  const shown: T[] = [];
  for (const message of messages) shown.push(await opener.shown(message));
  return shown;
}

/** What was opened already was looked at before: what is under a seal is not what was signed. */
async function withSignatures<T extends ShownMessage>(messages: readonly T[], { store }: Session): Promise<T[]> {
  const asked = messages.filter(({ sealed }) => sealed !== 'opened');
  const signatures = await store.messageSignatures(asked);
  if (signatures.size === 0) return [...messages];
  return messages.map((message) => {
    const signature = message.sealed === 'opened' ? undefined : signatures.get(message.id);
    return signature === undefined ? message : { ...message, signature };
  });
}

/** What was sent, to who sent it: nobody is told of his own signature. */
export async function shownTo(
  message: MessageRecord,
  session: Session,
): Promise<Answer<{ readonly message: ShownMessage }>> {
  const [shown] = await unsealed([shownMessage(message)], session);
  return done({ message: shown as ShownMessage });
}

/** Opens with the keys of one agent; the key of a room is opened once. */
export class Opener {
  readonly #roomKeys = new Map<string, Promise<string | undefined>>();

  private constructor(
    private readonly session: Session,
    private readonly identities: readonly string[],
  ) {}

  static async of(session: Session): Promise<Opener> {
    const uid = await session.store.read((view) => ownUid(view, session.self));
    const pairs = uid === undefined ? [] : await session.sealing.keys.of(uid);
    return new Opener(
      session,
      pairs.map(({ identity }) => identity),
    );
  }

  get isWithoutKeys(): boolean {
    return this.identities.length === 0;
  }

  async shown<T extends ShownMessage>(message: T): Promise<T> {
    if (message.sealed !== 'closed') return message;
    const path = messagePath(message.id);
    const { store } = this.session;
    const record = (await store.read((view) => view.record(path))) ?? (await store.archive.last([path]))[0];
    const content = record?.kind === 'message' ? await this.contentOf(record) : undefined;
    if (content === undefined) return { ...message, text: closedText };
    const { subject = null, text, attachments = [], questions, answers = null, why, from, fromPerson, room } = content;
    const who =
      message.from === somebody && from !== undefined
        ? { from, ...(fromPerson === true && { fromPerson }), to: [`@${room}`] }
        : {};
    const ask =
      message.ask === null || questions === undefined ? message.ask : { ...message.ask, questions: [...questions] };
    const escalation =
      message.escalation === null || why === undefined ? message.escalation : { ...message.escalation, why };
    return { ...message, ...who, subject, text, attachments, ask, answers, escalation, sealed: 'opened' };
  }

  /** With the keys of the agent itself. */
  open(sealed: string): Promise<string | undefined> {
    return this.session.sealing.open(sealed, this.identities);
  }

  /** Undefined where no key here opens it, or nothing that we know is under the seal. */
  async contentOf({ sealed }: MessageRecord): Promise<Content | undefined> {
    if (sealed === undefined) return undefined;
    const { epoch, key, text } = sealed;
    const identities = epoch === undefined || key === undefined ? this.identities : await this.roomKeys(epoch, key);
    const json = await this.session.sealing.open(text, identities);
    return json === undefined ? undefined : parseContent(json);
  }

  /** The private key of a room; undefined where it is in none of our hands. */
  roomKey(epoch: string, key: string): Promise<string | undefined> {
    const known = this.#roomKeys.get(key) ?? this.#openKey(epoch, key);
    this.#roomKeys.set(key, known);
    return known;
  }

  private async roomKeys(epoch: string, key: string): Promise<readonly string[]> {
    const identity = await this.roomKey(epoch, key);
    return identity === undefined ? [] : [identity];
  }

  /** It may lie there several times: sealed for those who were members, and for who was given it later. */
  async #openKey(epoch: string, key: string): Promise<string | undefined> {
    const { store, sealing } = this.session;
    const records = await store.read((view) => [...view.folder(roomKeysFolder(epoch)).values()]);
    for (const record of records) {
      if (record.kind !== 'roomkey' || record.key !== key) continue;
      const identity = await sealing.open(record.sealed, this.identities);
      if (identity !== undefined) return identity;
    }
    return undefined;
  }
}
