/**
 * Asking: a message to one agent that is open until it is answered, taken back, or over. While it is open the same blob
 * lies in `asks` as well; how it ended stands in the message itself.
 */
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { askSecondsDefault, askSecondsMax, openAsksMax } from '../limits.ts';
import { decideSend, sendSubject } from '../message/send.ts';
import { askPath } from '../record/path.ts';
import type { MessageRecord } from '../record/record.ts';
import { isRoomAddress } from '../room/recipients.ts';
import type { Sealing } from '../sealed/seal.ts';
import { instantOf } from '../time.ts';
import { askingCycle } from './cycle.ts';
import { takeTurn } from './in-turn.ts';
import { type Ask, openAsks, settleAsks } from './open.ts';
import { type Question, questionsFrom } from './questions.ts';
import { cycleRefusal, limitRefusal, notOneRefusal, selfRefusal } from './refusals.ts';

export interface AskIntent {
  readonly to: string;
  readonly text: string;
  readonly subject?: string | undefined;
  readonly attachments?: MessageRecord['attachments'];
  /** The asker cannot go on without it. */
  readonly decision?: boolean | undefined;
  /** An interview: the answer must fit these. */
  readonly questions?: readonly Question[] | undefined;
  /** How long the asker is going to wait: unless told otherwise, it is open at least as long. */
  readonly waitSeconds: number;
  readonly openSeconds?: number | undefined;
  /** Subject, text, attachments and questions are then under it. */
  readonly sealed?: Sealing | undefined;
}

export function decideAsk(draft: Draft, intent: AskIntent, context: Context): Decision<{ ask: Ask }> {
  const { to, text, subject, attachments, sealed } = intent;
  const { name, host } = context.actor;
  if (to === 'all' || isRoomAddress(to)) return notOneRefusal(to);
  if (to === name) return selfRefusal(name);
  settleAsks(draft, context);
  const questions = intent.questions === undefined ? undefined : questionsFrom(intent.questions);
  if (questions?.ok === false) return questions;
  const until = untilOf(intent, context);
  const inTheOpen = sealed === undefined ? questions?.questions : undefined;
  const ask = { until, host, decision: intent.decision || undefined, questions: inTheOpen };
  const sent = decideSend(draft, { to: [to], text, subject, ask, attachments, sealed }, context);
  if (!sent.ok) return sent;
  // Under its own former name an agent finds itself.
  const [asked = to] = sent.result.message.to;
  if (asked === name) return selfRefusal(name);
  const open = openAsks(draft, context);
  const cycle = askingCycle(open, { from: name, to: asked });
  if (cycle !== undefined) return cycleRefusal(cycle, name);
  const own = open.filter(({ uid }) => uid === context.actor.uid);
  if (own.length >= openAsksMax) return limitRefusal(own, name);
  const loop = takeTurn(draft, asked, context);
  if (loop !== undefined) return { ok: false, refusal: loop };
  const message = { ...sent.result.message, ask };
  draft.put(askPath(message.id), message);
  return {
    ok: true,
    result: { ask: message },
    headline: { op: 'ask', subject: askSubject('ask', message), ids: [message.id] },
  };
}

/** `ask ada → bold-fox: Which port?` */
export function askSubject(verb: string, ask: Ask): string {
  return sendSubject(ask).replace('message ', `${verb} `);
}

function untilOf({ waitSeconds, openSeconds }: AskIntent, { nowMs }: Context): string {
  const seconds = openSeconds ?? Math.max(askSecondsDefault, waitSeconds);
  return instantOf(nowMs + Math.min(seconds, askSecondsMax) * 1000);
}
