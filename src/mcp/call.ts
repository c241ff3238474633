/** One call of a tool, from its arguments to its result. */
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { IntercomError } from '../domain/failure.ts';
import { notConfirmed } from '../domain/guard/confirm.ts';
import type { ShownMail } from '../domain/message/present.ts';
import { type Answer, done } from '../operations/answer.ts';
import { pause } from '../operations/pause.ts';
import { refusedBeforehand } from '../operations/refused-beforehand.ts';
import type { AskPerson } from './ask-person.ts';
import { noteShown, withMail } from './mail.ts';
import type { Member } from './member.ts';
import { inToolWords } from './next-call.ts';
import { reportProgress, type SendProgress } from './progress.ts';
import { failureResult, refusalResult, resultOf } from './result.ts';
import type { ServerParts } from './server.ts';
import type { Calling, Tool } from './tool.ts';
import { allowSecretAs } from './tool-calls.ts';

export interface CallParts {
  readonly member: Member;
  readonly isReadOnly: boolean;
  readonly clock: () => number;
  readonly fromTop: ServerParts['fromTop'];
  /** Fires when the client cancels, or the server ends. */
  readonly signal: AbortSignal;
  /** Undefined when the client did not ask for it. */
  readonly sendProgress: SendProgress | undefined;
  readonly askPerson: AskPerson;
  /** Which tools the client was shown. */
  readonly has: (tool: string) => boolean;
}

/** Never rejects: whatever goes wrong is told to the model. */
export async function callTool(
  tool: Tool,
  typed: Readonly<Record<string, unknown>> | undefined,
  parts: CallParts,
): Promise<CallToolResult> {
  const { member, isReadOnly, clock } = parts;
  // In no schema: whoever needs it is told of it by the refusal, and all others save the tokens.
  const { allow_secret: allowSecret, ...own } = typed ?? {};
  let said: string | undefined;
  const tellProgress = (text: string) => {
    said = text;
  };
  const session = { ...member.session, tellProgress, ...(typeof allowSecret === 'string' && { allowSecret }) };
  member.noteActivity();
  const paused = new AbortController();
  const stop = () => paused.abort(pause);
  parts.signal.addEventListener('abort', stop);
  try {
    if (!isReason(allowSecret)) throw unreasoned();
    const input = inputOf(tool, own);
    const calling: Calling = {
      session,
      isReadOnly,
      signal: paused.signal,
      fromTop: (paths, which) => parts.fromTop(paths, session, which),
    };
    const leaving = tool.leaves?.(input);
    if (leaving !== undefined && session.store.policy.confirm[leaving.what]) {
      const refusal = await refusedBeforehand((alike) => tool.run(input, { ...calling, session: alike }), session);
      if (refusal !== undefined) return refusalResult(refusal);
      const said = await parts.askPerson(leaving.question);
      if (said !== 'yes') return refusalResult(notConfirmed(said));
    }
    const answer = await reportProgress(
      tool.run(input, calling),
      parts.sendProgress,
      () => tool.waitsFor?.(input, calling) ?? (said === undefined ? undefined : Promise.resolve(said)),
    );
    const telling = { nowMs: clock(), self: session.self.name, has: parts.has };
    const result = resultOf(tool, toldIn(answer, parts), { ...telling, page: pageIn(input) });
    const showing = { nowMs: telling.nowMs, isReadOnly, shown: member.shown, has: parts.has };
    if (tool.name !== 'peek') return await withMail(result, session, showing);
    if (input.no_mark === true) return result;
    noteShown((result.structuredContent?.messages ?? []) as ShownMail[], session, showing);
    return result;
  } catch (thrown) {
    return failureResult(thrown, tool);
  } finally {
    parts.signal.removeEventListener('abort', stop);
  }
}

function toldIn(answer: Answer<object>, { has }: Pick<CallParts, 'has'>): Answer<object> {
  return answer.status === 'done' ? done(inToolWords(answer.value, has)) : answer;
}

/**
 * An argument that no tool has is an error: a model that mistyped one should not believe that it counted. The schema that
 * it is shown does not say so, for that would cost it tokens. `_session` is for us (harness/detect.ts). Null is what models
 * say that must name every argument: it is not given.
 */
function inputOf(tool: Tool, typed: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { _session, ...own } = typed;
  const given = Object.entries(own).filter(([, value]) => value !== null);
  return tool.input.strict().parse(Object.fromEntries(given));
}

/** Null and no argument at all are the same. */
function isReason(allowSecret: unknown): boolean {
  return (
    allowSecret === undefined || allowSecret === null || (typeof allowSecret === 'string' && allowSecret.trim() !== '')
  );
}

function unreasoned(): IntercomError {
  return new IntercomError({
    code: 'usage',
    message: 'allow_secret wants the reason as a text; it is recorded.',
    next: `Call it again with ${allowSecretAs}.`,
  });
}

function pageIn(input: Readonly<Record<string, unknown>>): number {
  return typeof input.page === 'number' ? input.page : 1;
}
