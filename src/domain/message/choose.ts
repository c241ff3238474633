/** Which of the unread messages somebody asked for. */
import type { ShownMail } from './present.ts';

export interface Choice {
  readonly limit: number;
  readonly from?: string | undefined;
  readonly thread?: string | undefined;
  readonly urgent: boolean;
}

/** Keeps the order. A thread may be named by the ending of its id. */
export function choose(mail: readonly ShownMail[], { limit, from, thread, urgent }: Choice): ShownMail[] {
  return mail
    .filter((message) => from === undefined || message.from === from)
    .filter((message) => thread === undefined || message.thread.endsWith(thread))
    .filter(({ importance }) => !urgent || importance === 'urgent')
    .slice(0, limit);
}
