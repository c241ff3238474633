/** `publish-spec`: a text becomes the next version of a spec. */
import * as z from 'zod';
import { IntercomError } from '../domain/failure.ts';
import { specPath } from '../domain/record/path.ts';
import { type ShownSpec, shownSpec } from '../domain/spec/present.ts';
import { decidePublish } from '../domain/spec/publish.ts';
import { plainText } from '../domain/text.ts';
import { act } from './act.ts';
import { type Answer, done } from './answer.ts';
import { defineOperation } from './define.ts';
import type { Session } from './session.ts';

export interface PublishedSpec {
  readonly spec: ShownSpec;
  /** False where the present version has this very text. */
  readonly isNew: boolean;
  /** Why the remote was not asked whether the base is still the newest; there when one was named and it was not. */
  readonly provisional?: { readonly why: string; readonly next: string };
}

export const publishSpec = defineOperation({
  name: 'publish-spec',
  summary: 'Publish a text that others work by: an interface, a format, a plan. Those who subscribed to it are told.',
  effect: 'write',
  input: z.object({
    name: z.string(),
    text: z.string(),
    base: z.int().min(0).optional().describe('the version that the text was made from, 0 for none'),
    why: z.string().optional(),
  }),
  run: async (input, session) => {
    if (plainText(input.text).trim() === '') {
      const next = 'Give the text of the whole spec, and not only what changed.';
      throw new IntercomError({ code: 'usage', message: 'The text of the spec is empty.', next });
    }
    const publish = () =>
      act(
        session,
        (draft, context) => decidePublish(draft, input, context),
        ({ spec, isNew }): PublishedSpec => ({ spec: shownSpec(spec), isNew }),
      );
    return input.base === undefined ? publish() : onNewest(publish, session);
  },
});

/**
 * A base is compared with what the authority has: what is there comes first, and the new version goes there before it is answered.
 * Who published in the moment between has the version before, and both are told.
 */
async function onNewest(
  publish: () => Promise<Answer<PublishedSpec>>,
  { sync, store }: Session,
): Promise<Answer<PublishedSpec>> {
  if (sync === undefined) return publish();
  const looked = await sync.look(0);
  const fetched = looked === 'moved' ? await sync.exchange() : undefined;
  const answer = await publish();
  if (answer.status !== 'done' || !answer.value.isNew) return answer;
  const unasked = typeof looked === 'string' ? fetched?.unreached : looked;
  const unreached = unasked ?? (await sync.exchange()).unreached;
  const { spec } = answer.value;
  if (unreached !== undefined) {
    const { why, next } = unreached;
    return done({ ...answer.value, provisional: { why, next } });
  }
  const present = await store.read((view) => view.record(specPath(spec.name)));
  const isThere = present?.kind === 'spec' && present.agent === spec.by && present.text === spec.text;
  return isThere ? done({ spec: shownSpec(present), isNew: true }) : answer;
}
