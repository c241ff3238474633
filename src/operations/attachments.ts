/** What goes along with a message: files of the work tree as they are now, with the commit that they stand on, and patches. */
import * as z from 'zod';
import { languageOf } from '../domain/attachment/language.ts';
import { snippetOf, tooLarge } from '../domain/attachment/snippet.ts';
import { attachmentBytesMax, attachmentsMax } from '../domain/limits.ts';
import type { MessageRecord } from '../domain/record/record.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { oneLine } from '../domain/text.ts';
import { type Answer, done, refused } from './answer.ts';
import { withoutSecrets } from './secrets.ts';
import type { Session } from './session.ts';

export const attaching = {
  attachments: z
    .array(
      z.object({
        path: z.string().min(1),
        from: z.int().min(1).optional(),
        to: z.int().min(1).optional(),
        text: z.string().optional().describe('instead of what the file has'),
      }),
    )
    .max(attachmentsMax)
    .optional()
    .describe('files of the work tree, or lines of them'),
  patches: z
    .array(z.string())
    .max(attachmentsMax)
    .optional()
    .describe('changes: a range such as main..HEAD, a path, or the empty text for the whole work tree'),
};

type Attaching = z.output<z.ZodObject<typeof attaching>>;
type Attachment = NonNullable<MessageRecord['attachments']>[number];

export interface Attached {
  readonly attachments: Attachment[] | undefined;
  /** The one to act with: it knows what was let through. */
  readonly session: Session;
}

/** Reads them, and looks at what it read for secrets. Nothing is recorded yet. */
export async function attachedTo(
  { attachments = [], patches = [] }: Attaching,
  session: Session,
): Promise<Answer<Attached>> {
  if (attachments.length + patches.length === 0) return done({ attachments: undefined, session });
  const found: Attachment[] = [];
  for (const asked of attachments) {
    const one = asked.text === undefined ? await fromFile(asked, session) : { ...asked, ...languageIn(asked.path) };
    if ('code' in one) return refused(one);
    found.push(one);
  }
  for (const what of patches) {
    const one = await fromChanges(what, session);
    if ('code' in one) return refused(one);
    found.push(one);
  }
  const looked = await withoutSecrets({ attachments: found }, session);
  return looked.status === 'done' ? done({ attachments: found, session: looked.value }) : looked;
}

async function fromFile(asked: Attaching['attachments'] & object extends (infer T)[] ? T : never, session: Session) {
  const { path } = asked;
  const file = await session.surroundings.pinnedFile(path);
  if ('flaw' in file) return flawed(`${oneLine(path, 200)} cannot be attached: ${file.flaw}.`, { path });
  const { from, to } = asked;
  const snippet = snippetOf(file.text, { path, ...(from !== undefined && { from }), ...(to !== undefined && { to }) });
  if ('code' in snippet) return snippet;
  return {
    ...{ path, ...snippet },
    ...(file.commit !== undefined && { commit: file.commit }),
    ...(file.changed && { changed: true }),
    ...languageIn(path),
  };
}

async function fromChanges(what: string, { surroundings }: Session) {
  const patch = await surroundings.workPatch(what);
  const where = what === '' ? 'the work tree' : oneLine(what, 200);
  if ('flaw' in patch) return flawed(`The changes of ${where} cannot be attached: ${patch.flaw}.`, { what });
  const bytes = new TextEncoder().encode(patch.text).length;
  const next = 'Attach fewer paths (--attach-diff=src/auth.ts), or push a branch and name it.';
  if (bytes > attachmentBytesMax) return tooLarge(`The patch of ${where}`, bytes, next);
  return { path: 'changes.patch', kind: 'patch', text: patch.text, commit: patch.commit, language: 'diff' } as const;
}

function languageIn(path: string): { readonly language?: string } {
  const language = languageOf(path);
  return language === undefined ? {} : { language };
}

function flawed(message: string, data: Readonly<Record<string, unknown>>): Refusal {
  const next =
    'Attach text files of this work tree (--attach file, --attach file:10-20), or its changes (--attach-diff).';
  return refuse('bad-attachment', message, next, data).refusal;
}
