/** The examples of schema/README.md: each file by itself, and all of them as a branch that plain git has made. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeBranch } from '../../scripts/generate/branch.ts';
import { playScene } from '../../scripts/generate/scene.ts';
import { decodeYaml } from '../../src/store/codec/decode.ts';
import { decodeRecord, encodeRecord } from '../../src/store/records.ts';
import { environmentOf } from '../remotes/clones.ts';
import { readSources, root } from '../tooling/sources.ts';
import { makeRepository, type Repository } from './repository.ts';
import { validatorOf } from './validators.ts';

const readme = readFileSync(`${root}schema/README.md`, 'utf8');
const examples = [...readme.matchAll(/^`\.intercom\/(.+)\.yaml`\n\n```yaml\n([\s\S]*?\n)```$/gm)].map(
  ([, path = '', yaml = '']) => ({ path, yaml }),
);
const kinds = [
  'agent',
  'claim',
  'waiting',
  'landing',
  'message',
  'receipt',
  'key',
  'fence',
  'subscription',
  'spec',
  'room',
];

let repository: Repository;
beforeAll(async () => {
  const { steps } = playScene();
  const { objects, commits } = await makeBranch(steps);
  repository = makeRepository();
  for (const { type, content } of objects.values()) {
    repository.git(['hash-object', '-w', '-t', type, '--stdin'], content);
  }
  repository.git(['update-ref', 'refs/heads/intercom', commits.at(-1) ?? '']);
});
afterAll(() => repository.remove());

test('there is one for each kind', () => {
  expect(examples.map(({ yaml }) => /^kind: (.*)$/m.exec(yaml)?.[1])).toEqual(kinds);
});

test.each(examples)('$path is read, accepted by its schema, and written with the same bytes', ({ path, yaml }) => {
  const record = decodeRecord(path, Buffer.from(yaml));
  if (record.kind === 'unreadable') throw new Error(record.reason);
  const decoded = decodeYaml(Buffer.from(yaml));
  expect(decoded.ok && validatorOf(record.kind)(decoded.value)).toBe(true);
  expect(Buffer.from(encodeRecord(record)).toString('utf8')).toBe(yaml);
});

test('git finds the branch whole, and every example in it', () => {
  expect(repository.git(['fsck', '--strict', '--no-dangling'])).toBe('');
  for (const { path, yaml } of examples) {
    expect(repository.git(['cat-file', 'blob', `intercom:.intercom/${path}.yaml`])).toBe(yaml);
  }
});

const shown = [...readme.matchAll(/^```console\n\$ (git .*)\n([\s\S]*?)\n```$/gm)].map(
  ([, command = '', output = '']) => ({
    command,
    output,
  }),
);

test.each(shown)('git itself answers as shown: $command', async ({ command, output }) => {
  const answer = await repository.shell(command);
  expect(answer.output.trimEnd()).toBe(output);
  expect(shown.length).toBeGreaterThan(5);
});

/** On the machine of the examples: elsewhere their names are refused. */
const anvil = environmentOf({ host: 'anvil' });
const clock = { ...anvil, INTERCOM_TEST_CLOCK: '2026-11-21T08:19:00Z' };

test('the command reads the branch as one of its own', async () => {
  const { claims, waiting } = await repository.json('git intercom claims', clock);
  expect(claims).toMatchObject([{ agent: 'bold-fox', token: '1.1', lapsed: false }]);
  expect(waiting).toMatchObject([{ agent: 'ada', ticket: 2 }]);
  const { messages } = await repository.json('git intercom --agent ada peek', clock);
  expect(messages).toMatchObject([{ from: 'bold-fox', text: 'Ten minutes.' }]);
  const later = { ...anvil, INTERCOM_TEST_CLOCK: '2026-11-21T08:20:00Z' };
  const { ok, findings } = await repository.json('git intercom doctor', later);
  expect(ok, JSON.stringify(findings)).toBe(true);
});

test('the command goes on from the branch: the key of the scene gives its first result again', async () => {
  const again = "git intercom --agent bold-fox claim 'src/auth/**' docs/login.md port:5432 --key first-try";
  const id = examples.find(({ path }) => path.startsWith('claims/'))?.path.slice('claims/'.length);
  expect(await repository.json(again, clock)).toMatchObject({ claim: { id } });
});

test('every operation that is written into a commit is in the list', () => {
  const listed = new Set(
    [...(/The operations are ([\s\S]*?)others may come/.exec(readme)?.[1] ?? '').matchAll(/`([a-z-]+)`/g)].map(
      ([, op]) => op,
    ),
  );
  const written = readSources(['src/domain', 'src/store']).flatMap(({ text }) =>
    [...text.matchAll(/\bop: (?:[^,'\n]*\? '([a-z-]+)' : )?'([a-z-]+)'/g)].flatMap(([, first, second]) => [
      first,
      second,
    ]),
  );
  expect(written).toContain('force-release');
  expect(written.filter((op) => op !== undefined && !listed.has(op))).toEqual([]);
});
