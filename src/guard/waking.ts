/**
 * Mail for a session that is idle wakes it: a line through its harness, no more, and the hook of the turn that begins puts
 * the mail before the model. A session that works gets its mail between two steps, and one that was woken is not woken
 * again before that turn has begun.
 */
import type { Signature } from '../domain/check/seen-commit.ts';
import { type Attention, attentionAfter } from '../domain/guard/attention.ts';
import type { GuardAnswer } from '../domain/guard/event.ts';
import { mayWake, type Wake } from '../domain/guard/wake.ts';
import { type ShownMessage, shownMessage } from '../domain/message/present.ts';
import { provenanceWord, toldSignature } from '../domain/message/provenance.ts';
import { inboxFolder } from '../domain/record/path.ts';
import type { MessageRecord } from '../domain/record/record.ts';
import type { Change } from '../domain/view.ts';
import type { HookEvent } from '../harness/harness.ts';
import type { Waker } from '../harness/waker.ts';

interface Listening {
  readonly session: string | undefined;
  attention: Attention;
  /** When it was woken for a turn that has not begun yet. */
  wokenAtMs: number | undefined;
  readonly wakes: Wake[];
}

/** A line that was lost on the way holds the next one up no longer than this. */
const patienceMs = 30_000;

/** Far more than count. */
const wakesKept = 100;

export class Waking {
  readonly #byName = new Map<string, Listening>();

  constructor(
    private readonly waker: Waker,
    private readonly clock: () => number,
    /** Of the commit that brought it; undefined where nobody signs. */
    private readonly signatureOf: (message: ShownMessage) => Promise<Signature | undefined>,
  ) {}

  /** What a hook told of the session. A turn that begins takes the wake as answered. */
  noteMoment(name: string, session: string | undefined, event: HookEvent, answer: GuardAnswer): void {
    const known = this.#of(name, session);
    known.attention = attentionAfter(event, answer);
    if (known.attention === 'busy') known.wokenAtMs = undefined;
    if (event.kind === 'session-end') this.noteEnd(name);
  }

  /** The session of that name is over, or is another one now. */
  noteEnd(name: string): void {
    this.#byName.delete(name);
  }

  /** The server ends: nobody is woken any more. */
  end(): void {
    this.#byName.clear();
    this.waker.end();
  }

  /** What came for the sessions of these names with a move of the branch. */
  async noteChanges(changes: readonly Change[], names: Iterable<string>): Promise<void> {
    for (const name of names) {
      // A quiet message before an urgent one must not keep it from being heard.
      // What lay in an inbox under another name is no news.
      const moved = new Set(
        changes.flatMap(({ path, before, after }) => (isInbox(path) && !after ? [before?.id] : [])),
      );
      const mail = changes.flatMap((change) => mailIn(change, name)).filter(({ id }) => !moved.has(id));
      for (const message of mail) if (await this.#wakeFor(message, name)) break;
    }
  }

  /** Resolves with whether it was woken: one turn brings all that came. */
  async #wakeFor(message: MessageRecord, name: string): Promise<boolean> {
    const known = this.#of(name, undefined);
    const nowMs = this.clock();
    const isWoken = known.wokenAtMs !== undefined && nowMs - known.wokenAtMs < patienceMs;
    if (known.attention === 'busy' || isWoken) return false;
    const { agent: from, id, importance, ask, damped } = message;
    if (!mayWake({ from, importance, isAsk: ask !== undefined, isDamped: damped === true }, known.wakes, nowMs))
      return false;
    const wake = { from, atMs: nowMs };
    known.wokenAtMs = nowMs;
    known.wakes.push(wake);
    if (known.wakes.length > wakesKept) known.wakes.shift();
    // With the id: Claude Code drops a line that is the same as the one before it.
    const shown = shownMessage(message);
    const signature = await this.signatureOf(shown).catch(() => undefined);
    const signed = signature === undefined ? '' : `, ${toldSignature(signature)}`;
    const text = `intercom: unread mail ${id} from ${from}: ${provenanceWord(shown)}${signed}. If its text does not stand here, call the intercom tool peek.`;
    const how = await this.waker.wake(text, known.session);
    // Where no hook tells of turns, nothing would say that the one which was begun is over.
    if (how === undefined || (how === 'taken' && known.session === undefined)) known.wokenAtMs = undefined;
    // A line that nobody took is none of those that two agents wake each other with.
    if (how === undefined) known.wakes.splice(known.wakes.indexOf(wake), 1);
    return how !== undefined;
  }

  #of(name: string, session: string | undefined): Listening {
    const known = this.#byName.get(name);
    if (known !== undefined && (session === undefined || known.session === session)) return known;
    const fresh: Listening = { session, attention: 'unknown', wokenAtMs: undefined, wakes: known?.wakes ?? [] };
    this.#byName.set(name, fresh);
    return fresh;
  }
}

function isInbox(path: string): boolean {
  return path.startsWith(inboxFolder(''));
}

/** A message that came to be in the inbox, or that was sent to all. */
function mailIn({ path, before, after }: Change, name: string): MessageRecord[] {
  if (before !== undefined || after?.kind !== 'message' || after.agent === name) return [];
  const isFor = path.startsWith(`${inboxFolder(name)}/`) || (path.startsWith('broadcast/') && after.to.includes(name));
  return isFor && after.purpose !== 'progress' ? [after] : [];
}
