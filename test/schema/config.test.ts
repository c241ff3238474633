/** schema/config.schema.json, the file that `init` writes, and what the command says to a slip of the pen. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { defaultPolicy } from '../../src/domain/policy.ts';
import { policyKeys } from '../../src/domain/policy-file/schema.ts';
import { plainPolicyLines } from '../../src/store/plain-policy.ts';
import { readPolicy } from '../../src/store/policy-file.ts';
import { makeRepository, type Repository } from './repository.ts';
import { validatorOf } from './validators.ts';

const accepts = validatorOf('config');

let repository: Repository;
let file: string;
let written: string;
beforeAll(async () => {
  repository = makeRepository();
  file = join(repository.folder, '.intercom/config.yaml');
  expect((await repository.shell('git intercom init')).exitCode).toBe(0);
  written = readFileSync(file, 'utf8');
});
afterAll(() => repository.remove());

function refusalOf(text: string): string | undefined {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  try {
    readPolicy({ workTree: repository.folder, commonDir: join(repository.folder, '.git') });
    return undefined;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

test('the file that init writes is accepted as it is', () => {
  expect(accepts(parse(written))).toBe(true);
  expect(refusalOf(written)).toBeUndefined();
});

test('every line that it offers may be taken out of its comment, and says the default', () => {
  const [, offered = ''] = written.split(/\n\n/);
  const text = offered.replace(/^# /gm, '');
  expect(Object.keys(parse(text)).sort()).toEqual([...policyKeys].filter((key) => !key.includes('.')).sort());
  expect(accepts(parse(text))).toBe(true);
  expect(refusalOf(text)).toBeUndefined();
  expect(readPolicy({ workTree: repository.folder, commonDir: join(repository.folder, '.git') })).toEqual(
    defaultPolicy,
  );
});

test('it names a schema for editors only if that is there', () => {
  const schema = /^# yaml-language-server: \$schema=(.*)$/m.exec(written)?.[1];
  expect(schema === undefined || existsSync(resolve(dirname(file), schema))).toBe(true);
});

const slips: readonly (readonly [text: string, near: string])[] = [
  ['brnch: team', 'branch'],
  ['lease:\n  defalt: 30m', 'lease.default'],
  ['lease:\n  maximum: 30m', 'lease.max'],
  ['default: 30m', 'lease.default'],
  ['skip-ci: false', 'skipCi'],
  ['skipCI: false', 'skipCi'],
  ['clocks:\n  drift: 2m', 'clock'],
];

test.each(slips)('%j is refused, with %s as the near word', (text, near) => {
  expect(accepts(parse(text))).toBe(false);
  expect(refusalOf(text)).toContain(`; near: ${near}.`);
});

test('the command says so, and that is the end of it', async () => {
  expect(refusalOf('lease:\n  defalt: 30m\n')).toBeDefined();
  const { exitCode, output } = await repository.shell('git intercom claims');
  expect(exitCode).toBe(3);
  expect(output).toContain('there is no key lease.defalt; near: lease.default.');
  expect(output).toContain('schema/config.schema.json');
});

test('a key like none is named without a guess, and cannot colour the terminal', () => {
  expect(refusalOf('zzzzzzzzzzzzzzzzzzzzzzzz: 1')).toMatch(/there is no key z+\.$/);
  expect(refusalOf('"a\\u001b[31m": 1')).not.toContain('\u001b');
});

test.each([
  ['branch: team/intercom', true],
  ['branch: .hidden', false],
  ['branch: a..b', false],
  ['branch: a.lock', false],
  ['branch: 1', false],
  ['remote: origin', true],
  ['remote: null', true],
  ['remote: git@example.org:team/app.git', true],
  ['remote: https://ada@example.org/app.git', true],
  ['remote: https://ada:secret@example.org/app.git', false],
  ['remote: --upload-pack=x', false],
  ['hub: ../our hub.git', true],
  ['hub: ""', false],
  ['repository: server', true],
  ['repository: server~1f3a9c20', true],
  ['repository: server~x', false],
  ['repository: a/b', false],
  ['sync: {interval: 5s, idleInterval: 1m, batch: 0s, deadline: 20s}', true],
  ['sync: {interval: 5}', false],
  ['lease: {default: 90s, max: 1h30m}', true],
  ['lease: {default: 30}', false],
  ['lease: {default: 30 minutes}', false],
  ['lease: {}', true],
  ['lease:', false],
  ['lease: 30m', false],
  ['clock: {drift: 0s}', true],
  ['retention: {messages: 1.5w}', true],
  ['retention: {messages: [30d]}', false],
  ['hooks: {commit: warn}', true],
  ['hooks: {commit: deny}', false],
  ['skipCi: false', true],
  ['skipCi: "false"', false],
  ['- branch', false],
])('of %j the schema says what the command says', (text, isRight) => {
  expect(accepts(parse(text))).toBe(isRight);
  expect(refusalOf(text) === undefined).toBe(isRight);
});

test('without a work tree there is no policy, also where a linked one left what it knew', () => {
  const commonDir = join(repository.folder, '.git');
  const known = join(commonDir, 'intercom/policy.yaml');
  writeFileSync(known, 'hub: team\n');
  expect(plainPolicyLines({ workTree: null, commonDir })).toEqual([]);
  rmSync(known);
});
