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
