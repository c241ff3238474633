/** `publish-spec`: a text becomes the next version of a spec. */
import * as z from 'zod';
import { IntercomError } from '../domain/failure.ts';
import { type ShownSpec, shownSpec } from '../domain/spec/present.ts';
import { decidePublish } from '../domain/spec/publish.ts';
import { plainText } from '../domain/text.ts';
import { act } from './act.ts';
import { defineOperation } from './define.ts';

export interface PublishedSpec {
  readonly spec: ShownSpec;
  /** False where the present version has this very text. */
  readonly isNew: boolean;
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
    return act(
      session,
      (draft, context) => decidePublish(draft, input, context),
      ({ spec, isNew }): PublishedSpec => ({ spec: shownSpec(spec), isNew }),
    );
  },
});
