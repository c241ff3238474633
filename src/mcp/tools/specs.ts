/** The tools about specs. */
import * as z from 'zod';
import { provenanceWord } from '../../domain/message/provenance.ts';
import { splitReference } from '../../domain/spec/name.ts';
import type { ListedSpec, ShownDifference, ShownSpec } from '../../domain/spec/present.ts';
import { plainText } from '../../domain/text.ts';
import { type Answer, done } from '../../operations/answer.ts';
import { diffSpec } from '../../operations/spec-diff.ts';
import { specs } from '../../operations/spec-list.ts';
import { publishSpec } from '../../operations/spec-publish.ts';
import { readSpec } from '../../operations/spec-read.ts';
import { listedSpec, shownDifference, shownSpec } from '../outputs.ts';
import { pageOfText } from '../text-pages.ts';
import { defineTool } from '../tool.ts';

const publishTool = defineTool({
  name: 'publish_spec',
  title: 'Publish a spec',
  description:
    'Publish a text that others work by, as the next version. base: the version you changed; refused when newer.',
  toolset: 'full',
  effect: 'write',
  isIdempotent: true,
  input: z.object({
    name: z.string(),
    text: z.string(),
    base: z.number().optional(),
    why: z.string().optional(),
  }),
  output: { spec: shownSpec, isNew: z.boolean() },
  leaves: ({ name, text }) => ({
    what: 'messages',
    question: `Publish the spec ${name}?\n\n${plainText(text, 1_000)}`,
  }),
  run: (input, { session }) => publishSpec.run(publishSpec.input.parse(input), session),
  tell: ({ spec: { name, version, by }, isNew, provisional }) => {
    if (!isNew) return `${name}@${version}, by ${by}, has this text already.`;
    const doubt =
      provisional && ` Provisionally: ${provisional.why} You are told if another agent published before you.`;
    return `Published ${name}@${version}.${doubt ?? ''}`;
  },
});

interface Read {
  readonly spec?: Omit<ShownSpec, 'text'> & { readonly text?: string };
  readonly diff?: ShownDifference;
  readonly specs?: readonly ListedSpec[];
  readonly page?: number;
  readonly pages?: number;
}

const readTool = defineTool({
  name: 'read_spec',
  title: 'Read a spec',
  description:
    'Read a spec before you work by it; since: what changed after that version. Without name: all there are.',
  toolset: 'full',
  effect: 'read',
  input: z.object({
    name: z.string().optional(),
    version: z.number().optional(),
    since: z.number().optional(),
    page: z.number().optional(),
  }),
  output: { spec: shownSpec, diff: shownDifference, specs: z.array(listedSpec) },
  list: ['specs'],
  run: async ({ name: typed, version: given, since, page = 1 }, { session }): Promise<Answer<Read>> => {
    if (typed === undefined) return specs.run({}, session);
    const { name, version } = given === undefined ? splitReference(typed) : { name: typed, version: given };
    if (since === undefined) {
      const answer = await readSpec.run(readSpec.input.parse({ name, version }), session);
      if (answer.status !== 'done') return answer;
      const { text, ...shown } = pageOfText(answer.value.spec.text, page);
      return done({ spec: { ...answer.value.spec, text }, ...shown });
    }
    const answer = await diffSpec.run(diffSpec.input.parse({ name, from: since, to: version }), session);
    if (answer.status !== 'done') return answer;
    const { text, ...shown } = pageOfText(answer.value.diff.text, page);
    const { text: _whole, ...spec } = answer.value.spec;
    return done({ spec, diff: { ...answer.value.diff, text }, ...shown });
  },
  tell: ({ spec, diff, specs: all }, { self }) => {
    if (all !== undefined) return told(all);
    if (spec === undefined) return 'Nothing found.';
    const whose = spec.by === self ? 'you:' : `${spec.by}: ${provenanceWord(spec)}.`;
    const head = `${spec.name}@${spec.version}, by ${whose}`;
    return `${head}\n${diff?.text ?? spec.text}`;
  },
});

function told(all: readonly ListedSpec[]): string {
  return all.length === 0 ? 'No specs.' : all.map(({ name, version, by }) => `${name}@${version}, by ${by}`).join('\n');
}

export const specTools = [publishTool, readTool];
