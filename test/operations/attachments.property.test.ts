/** Agents change files, commit and attach lines of them in any order: each reader has the lines as they were then. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isApart } from '../../src/domain/attachment/apart.ts';
import { doneBy, Place } from './place.ts';

const languages: Readonly<Record<string, string>> = { 'a.ts': 'ts', 'b.py': 'python' };
const line = fc.constantFrom('one', 'two', '', 'Öl', '  x');
/** Some are long enough to lie beside their message. */
const lines = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 5 }), fc.constantFrom(1, 1, 900))
  .map(([some, times]) => Array.from({ length: times }, () => some).flat());
const step = fc.record({
  do: fc.constantFrom('write', 'write', 'commit', 'attach', 'attach', 'attach', 'take note'),
  by: fc.constantFrom('ada', 'bob'),
  path: fc.constantFrom(...Object.keys(languages)),
  lines,
  from: fc.nat(8),
  more: fc.constantFrom(0, 1, 5_000),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Of each file its lines, in the work tree and in the commit that is checked out. */
interface Model {
  readonly files: Map<string, readonly string[]>;
  committed: ReadonlyMap<string, readonly string[]>;
  commit: string;
  readonly sent: { readonly id: string; readonly reader: string; readonly attached: object }[];
}

test('whoever reads a message has the lines, their commit and whether it has them so, whatever became of the file', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
      const place = new Place();
      for (const name of ['ada', 'bob']) await place.as(name, 0, (it) => it.status({ activity: 'here' }));
      const model: Model = { files: new Map(), committed: new Map(), commit: '', sent: [] };
      for (const path of Object.keys(languages)) write(place, model, { path, lines: ['one'] });
      commit(place, model);
      for (const [n, each] of steps.entries()) await take(place, model, { each, minute: n + 1 });
      for (const { id, reader, attached } of model.sent) {
        const { messages } = doneBy(await place.as(reader, 50, (it) => it.thread({ id })));
        expect(messages.map(({ attachments }) => attachments)).toEqual([[attached]]);
      }
      expect(attachedObjects(place)).toHaveLength(longTexts(model).size);
    }),
    { numRuns: 12 },
  );
});

async function take(
  place: Place,
  model: Model,
  { each, minute }: { readonly each: Step; readonly minute: number },
): Promise<void> {
  if (each.do === 'write') write(place, model, each);
  else if (each.do === 'commit') commit(place, model);
  else if (each.do === 'take note') await place.as(each.by, minute, (it) => it.ack({ all: true }));
  else await attach(place, model, { each, minute });
}

async function attach(
  place: Place,
  model: Model,
  { each: { by, path, ...range }, minute }: { readonly each: Step; readonly minute: number },
): Promise<void> {
  const whole = model.files.get(path) as readonly string[];
  const from = (range.from % whole.length) + 1;
  const to = Math.min(whole.length, from + range.more);
  const reader = by === 'ada' ? 'bob' : 'ada';
  const attachments = [{ path, from, to }];
  const { message } = doneBy(
    await place.as(by, minute, (it) => it.send({ to: [reader], text: `at ${minute}`, attachments })),
  );
  const isChanged = model.committed.get(path)?.join('\n') !== whole.join('\n');
  const pinned = { path, from, to, commit: model.commit, language: languages[path] };
  const attached = { ...pinned, text: whole.slice(from - 1, to).join('\n'), ...(isChanged && { changed: true }) };
  model.sent.push({ id: message.id, reader, attached });
}

function write(place: Place, { files }: Model, { path, lines }: Pick<Step, 'path' | 'lines'>): void {
  files.set(path, lines);
  writeFileSync(join(place.dir, path), lines.map((each) => `${each}\n`).join(''));
}

function commit(place: Place, model: Model): void {
  git(place, 'add', '--all');
  const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
  git(place, ...author, 'commit', '--quiet', '--allow-empty', '--message=x');
  model.committed = new Map(model.files);
  model.commit = git(place, 'rev-parse', 'HEAD').trim();
}

/** The objects of long texts that the tip of the branch names, once each. */
function attachedObjects(place: Place): string[] {
  const listed = git(place, 'ls-tree', '-r', 'intercom', '.intercom/attached/').split('\n').filter(Boolean);
  return [...new Set(listed.map((each) => each.split(/\s/)[2] ?? ''))];
}

function longTexts({ sent }: Model): Set<string> {
  const texts = sent.map(({ attached }) => (attached as { readonly text: string }).text);
  return new Set(texts.filter(isApart));
}

function git(place: Place, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', place.dir, ...args], { encoding: 'utf8' });
}
