/** What a person does on the page: the same operations as the command's, by the same person. */
import { IntercomError } from '../domain/failure.ts';
import { shortId } from '../domain/id.ts';
import { plainly } from '../domain/plainly.ts';
import { counted, listed } from '../domain/text.ts';
import type { Answer } from '../operations/answer.ts';
import type { Session } from '../operations/session.ts';
import type { PageOperations } from './port.ts';

/** What became of it, in words. */
export interface Told {
  readonly status: number;
  readonly body: { readonly message: string; readonly next?: string };
}

/** `done` takes note of a message, and says that nothing is left to do about it. */
interface Act {
  readonly act: 'reply' | 'ack' | 'done';
  /** One, of a reply. */
  readonly ids: readonly string[];
  readonly text: string;
}

/** As many as are shown. */
const idsMax = 50;

export async function actOn(body: string, session: Session, operations: PageOperations): Promise<Told> {
  const act = actIn(body);
  if (act === undefined) return no(400, 'That is no answer and no acknowledgement.', 'Load the page again.');
  if (session.self.isPerson !== true) return no(403, toldOnlyShown(session.self.name), 'Run git intercom ui yourself.');
  if (act.act === 'reply' && act.text.trim() === '') return no(400, 'There is no text.', 'Write your answer first.');
  try {
    return act.act === 'reply' ? await reply(act, session, operations) : await acknowledge(act, session, operations);
  } catch (thrown) {
    if (!(thrown instanceof IntercomError)) throw thrown;
    return no(503, thrown.message, thrown.next);
  }
}

function toldOnlyShown(name: string): string {
  return `This page was opened by the agent ${name}, and an answer has to be a person's.`;
}

function actIn(body: string): Act | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  const { act, ids, text = '' } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (act !== 'reply' && act !== 'ack' && act !== 'done') return undefined;
  if (typeof text !== 'string' || !Array.isArray(ids) || ids.length === 0 || ids.length > idsMax) return undefined;
  if (!ids.every((id) => typeof id === 'string' && id !== '') || (act === 'reply' && ids.length > 1)) return undefined;
  return { act, ids, text };
}

async function reply({ ids: [id], text }: Act, session: Session, { reply }: PageOperations): Promise<Told> {
  return told(await reply.run(reply.input.parse({ id, text }), session), ({ message, settled = [], late }) => {
    const ended = settled.map(({ id, kind }) =>
      kind === 'ask' ? ` It answers the ask ${shortId(id)}.` : ` It closes the escalation ${shortId(id)}.`,
    );
    const over = late === undefined ? '' : ` The ask ${shortId(late)} was over, so that it is mail.`;
    return `Sent to ${message.to.length === 0 ? 'nobody' : listed(message.to, 4)}.${ended.join('')}${over}`;
  });
}

async function acknowledge({ act, ids }: Act, session: Session, { ack }: PageOperations): Promise<Told> {
  const done = act === 'done';
  const what = ids.length === 1 ? shortId(ids[0] as string) : counted(ids.length, 'message');
  return told(
    await ack.run(ack.input.parse({ ids, done }), session),
    () => `${done ? 'Done' : 'Acknowledged'}: ${what}.`,
  );
}

function told<T>(answer: Answer<T>, sentence: (value: T) => string): Told {
  if (answer.status === 'done') return { status: 200, body: plainly({ message: sentence(answer.value) }) };
  if (answer.status === 'refused') return no(409, answer.refusal.message, answer.refusal.next);
  return no(409, 'That is not settled yet.', 'Look at the page again in a moment.');
}

function no(status: number, message: string, next: string): Told {
  return { status, body: plainly({ message, next }) };
}
