import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayHoldSecret } from '../../src/domain/secret/texts.ts';
import { findSecrets } from '../../src/secrets/find.ts';
import { samples } from './samples.ts';

const vendors = Object.entries(samples);

test.each(vendors)('a %s is found wherever it stands, and is not repeated', async (kind, secret) => {
  const found = await findSecrets(`first line\nsecond: ${secret}\nlast line`);
  expect(found).toMatchObject([
    { kind: expect.stringMatching(new RegExp(kind.replace(/^(?:short|encrypted) /, ''), 'i')), line: 2 },
  ]);
  const shown = found[0]?.shown ?? '';
  for (let at = 0; at + 12 <= secret.length; at++) {
    const part = secret.slice(at, at + 12);
    if (!/PRIV|EGIN|CRYPT|:\/\//.test(part)) expect(shown).not.toContain(part);
  }
});

test.each(vendors)('a text with a %s is worth the look, whatever stands around it', (_kind, secret) => {
  const plain = fc.stringMatching(/^[a-z ,.\n]{0,30}$/);
  fc.assert(fc.property(plain, plain, (before, behind) => mayHoldSecret(`${before} ${secret} ${behind}`)));
});

test('sentences, paths, ids, hashes and addresses are no secrets', async () => {
  const texts = [
    'The login form is split; src/auth/login.ts and src/auth/session.ts are yours.',
    'id 1m804vag2vw36ks5, commit 3f786850e387550fdab836ed7e6dc881de23001b',
    'sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'see https://example.org/issues/12?tab=readme and postgres://localhost/test',
    'The variable GITHUB_TOKEN has to be set, and AWS_SECRET_ACCESS_KEY.',
    'Send Authorization: Bearer YOUR_ACCESS_TOKEN_OF_THE_PROJECT and AKIAIOSFODNN7EXAMPLE.',
    'It begins with -----BEGIN PRIVATE KEY----- and goes on for some lines.',
    '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----',
  ];
  for (const text of texts) expect(await findSecrets(text), text).toEqual([]);
});

test('words that begin as tokens do, and addresses without a password of somebody, are no secrets', async () => {
  const texts = [
    'hf_hub_download_with_a_long_name_of_a_function and xai-grok-code-fast-1, pplx-70b-online, r8_unorm_format',
    'glrt-runner-in-the-cluster-of-the-build, ntn_client, sbp_profile, NRAK-YOUR_KEY, HRKU-TOKEN, nfp_generated_client_for_netlify',
    'module.atlasv1.client, at 1234567890:AAPL, import a.b.c from "MTA.config.settings"',
    'AccountName=app;AccountKey=<key>;EndpointSuffix=core.windows.net, AccountKey={KEY}==',
    'redis://localhost:6379/0, redis://user:password@localhost, redis://:%REDIS_PASS%@db.corp.dev, amqp://guest:guest@localhost',
    'amqp://user:{password}@mq.corp.dev, redis://:<password>@db.corp.dev, rediss://app:****@db.corp.dev, redis://app:$PASS@x',
    '> -----BEGIN PRIVATE KEY-----\n> and so on, as it is said there in the manual.',
  ];
  for (const text of texts) expect(await findSecrets(text), text).toEqual([]);
});

const pem = (samples['private key'] as string).split('\n');

test.each([
  ['quoted', (line: string) => `> ${line}`],
  ['quoted twice', (line: string) => `>> ${line}`],
  ['indented', (line: string) => `    ${line}`],
  ['numbered by cat', (line: string, n: number) => `${String(n + 1).padStart(6)}\t${line}`],
  ['numbered by grep', (line: string, n: number) => `${n + 1}:${line}`],
  ['numbered by a tool', (line: string, n: number) => `${String(n + 1).padStart(6)}→${line}`],
])('a private key is found where it is %s', async (_how, lineOf) => {
  const text = `look:\n${pem.map(lineOf).join('\n')}\n`;
  expect(await findSecrets(text)).toMatchObject([{ kind: expect.stringMatching(/private key/i), line: 2 }]);
});

test('lines that seem to go on with a key are read once', async () => {
  const heading = `-----BEGIN ${'RSA'} PRIVATE KEY-----\n`;
  for (const part of ['> ', '1 ', ' ', '>', 'a: b\n', '> a: b\n', heading])
    expect(await findSecrets(`${heading}${part.repeat(20_000 / part.length)}.`), part).toEqual([]);
});

test('headers without a key, however many, are read once and no secret', async () => {
  const heading = `-----BEGIN ${'RSA'} PRIVATE KEY-----\n`;
  expect(await findSecrets(`${heading}${'a: b   \n'.repeat(2_000)}.`)).toEqual([]);
  const key = 'MIIEpAIBAAKCAQEA'.repeat(3);
  const found = await findSecrets(`${heading}Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n${key}\n`);
  expect(found).toMatchObject([{ kind: expect.stringMatching(/private key/i), line: 1 }]);
});

test('a remark in the text switches no rule off', async () => {
  const [, secret] = vendors[0] ?? ['', ''];
  const texts = [`/* secretlint-disable */ ${secret}`, `${secret} // secretlint-disable-line`];
  for (const text of texts) expect(await findSecrets(text), text).toHaveLength(1);
});

test('plain words are not worth the look', () => {
  for (const text of ['lunch?', 'split login', 'The tests of the parser fail since noon, please look.']) {
    expect(mayHoldSecret(text), text).toBe(false);
  }
});
