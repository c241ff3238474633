/** Open escalations as answers show them: the same keys in `escalations`, in `peek`, in tools and in the library. */
import type { Names } from '../agent/visibility.ts';
import type { Signature } from '../check/seen-commit.ts';
import type { ShownMessage } from '../message/present.ts';

export interface ShownEscalation {
  readonly id: string;
  readonly thread: string;
  readonly from: string;
  readonly fromPerson?: true;
  /** The persons who took part when it was raised; there may be none. */
  readonly to: readonly string[];
  readonly at: string;
  /** The message that was escalated; null where it was a text. */
  readonly about: string | null;
  readonly why: string | null;
  readonly subject: string | null;
  readonly text: string;
  /** As of a message. */
  readonly sealed?: ShownMessage['sealed'];
  /** Of the commit that brought it; absent where nobody signs. */
  readonly signature?: Signature;
}

/** One that is open, and whom it went to as its reader may see them. */
export interface OpenEscalation {
  readonly message: ShownMessage;
  readonly to: readonly string[];
}

export function shownEscalation(
  { id, thread, from, fromPerson, at, subject, text, escalation, sealed, signature }: ShownMessage,
  to: readonly string[],
): ShownEscalation {
  return {
    ...{ id, thread, from, to, at, subject, text },
    about: escalation?.about ?? null,
    why: escalation?.why ?? null,
    ...(fromPerson === true && { fromPerson }),
    ...(sealed !== undefined && { sealed }),
    ...(signature !== undefined && { signature }),
  };
}

/**
 * A person sees all of them, oldest first; an agent those that it raised. Whom an overdue message went to is told by `names`
 * to those who neither sent nor got it.
 */
export function escalationsFor(
  open: Iterable<ShownMessage>,
  self: { readonly name: string; readonly isPerson: boolean },
  names: Names,
): OpenEscalation[] {
  return [...open]
    .filter(({ from }) => self.isPerson || from === self.name)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((message) => {
      const isOwn = message.from === self.name || message.to.includes(self.name);
      return { message, to: isOwn ? message.to : message.to.map(names) };
    });
}
