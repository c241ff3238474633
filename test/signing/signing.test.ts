/** Coordination commits that are signed with the user's key, as git itself verifies them. */
import { describe, expect, test } from 'vitest';
import { git, tryGit } from '../store/git/sandbox.ts';
import { isInstalled, SigningPlace } from './place.ts';

describe('with an ssh key', () => {
  test('every commit but the root is signed, and the real git believes it', () => {
    const place = new SigningPlace();
    const key = place.sshKey('ada');
    place.useSsh(key);
    place.trust({ 'ada@example.org': key });
    expect(place.claim('a.ts').code).toBe(0);
    expect(place.claim('b.ts').code).toBe(0);
    expect(git(place.dir, 'log', '--format=%G? %GS', 'intercom').split('\n')).toEqual([
      'G ada@example.org',
      'G ada@example.org',
      'N',
    ]);
    expect(tryGit(place.dir, ['verify-commit', 'intercom']).code).toBe(0);
    expect(git(place.dir, 'fsck', '--strict')).toBe('');
    expect(place.check()).toEqual([]);
  });

  test('a key that is not trusted, another signer, and no signature are found', () => {
    const place = new SigningPlace();
    const [ada, eve, odd] = ['ada', 'eve', 'odd'].map((name) => place.sshKey(name)) as [string, string, string];
    place.trust({ 'ada@example.org': ada, 'eve@example.org': eve });
    for (const key of [ada, eve, odd]) {
      place.useSsh(key);
      place.claim(`${key.split('/').at(-1)}.ts`);
    }
    place.policy('');
    place.claim('last.ts');
    const said = place.check().map(([rule, what]) => `${rule}: ${what.replace(/^The commit \S+ /, '')}`);
    expect(said.sort()).toEqual([
      'badly-signed: (claim eve.ts (fox, 30m)) of fox is signed by eve@example.org, and earlier ones by ada@example.org.',
      'badly-signed: (claim odd.ts (fox, 30m)) of fox is signed with a key that git does not trust.',
      'unsigned: (claim last.ts (fox, 30m)) of fox is not signed.',
    ]);
  });

  test('a commit that was changed after it was signed is found', () => {
    const place = new SigningPlace();
    const key = place.sshKey('ada');
    place.useSsh(key);
    place.trust({ 'ada@example.org': key });
    place.claim('a.ts');
    place.claim('b.ts');
    const forged = git(place.dir, 'cat-file', 'commit', 'intercom').replace('claim b.ts', 'claim c.ts');
    const oid = git(place.dir, 'hash-object', '-t', 'commit', '-w', place.write('forged', `${forged}\n`));
    git(place.dir, 'update-ref', 'refs/heads/intercom', oid);
    expect(place.check().map(([rule, what]) => `${rule}: ${what.replace(/^The commit \S+ /, '')}`)).toEqual([
      'badly-signed: (claim c.ts (fox, 30m)) of fox does not match its signature.',
    ]);
  });

  test('the key itself may be named, when ssh-agent has it; without the agent it is said, and nothing is written', () => {
    const place = new SigningPlace();
    const key = place.sshKey('ada');
    place.useSsh(`key::${place.read(`${key}.pub`)}`);
    const { code, err } = place.claim('a.ts', { SSH_AUTH_SOCK: '/nonexistent' });
    expect(code).toBe(3);
    expect(err).toMatch(
      /^error: The coordination commit could not be signed: ssh-keygen says: .*Nothing was recorded\.\nnext:/,
    );
    const agent = place.startAgent(key);
    expect(place.claim('a.ts', agent).code).toBe(0);
    expect(git(place.dir, 'cat-file', 'commit', 'intercom')).toContain('gpgsig -----BEGIN SSH SIGNATURE-----');
  });

  test('a key that asks for a passphrase hangs nobody: it is said, and nothing is written', () => {
    const place = new SigningPlace();
    place.useSsh(place.sshKey('ada', 'secret'));
    const began = Date.now();
    const { code, err } = place.claim('a.ts');
    expect(code).toBe(3);
    expect(err).toMatch(/could not be signed: ssh-keygen says: .*passphrase/);
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(tryGit(place.dir, ['rev-parse', '--verify', 'intercom']).code).not.toBe(0);
  });

  test('a program that never answers is stopped after five seconds', () => {
    const place = new SigningPlace();
    place.useSsh(place.sshKey('ada'));
    place.config('gpg.ssh.program', place.write('hangs.sh', '#!/bin/sh\nsleep 600 &\nwait\n', 0o755));
    const began = Date.now();
    expect(place.claim('a.ts').err).toMatch(/hangs\.sh gave no answer within 5 seconds/);
    expect(Date.now() - began).toBeLessThan(20_000);
  });

  test('without trusted keys the check says what git wants', () => {
    const place = new SigningPlace();
    place.useSsh(place.sshKey('ada'));
    place.claim('a.ts');
    expect(() => place.check()).toThrow(
      /^The signatures could not be verified: git does not know which keys to trust\. .*gpg\.ssh\.allowedSignersFile/,
    );
  });
});

test('without a key nothing is recorded, and it is said what is missing', () => {
  const place = new SigningPlace();
  place.config('gpg.format', 'ssh');
  expect(place.claim('a.ts').err).toMatch(/could not be signed: user\.signingKey is not set\. Nothing was recorded\./);
  place.config('gpg.format', 'wax');
  expect(place.claim('a.ts').err).toMatch(/gpg\.format is wax, and only openpgp, x509 and ssh are known/);
});

test.runIf(isInstalled('gpg'))('with an OpenPGP key: signed, verified, and another one is not known', () => {
  const place = new SigningPlace();
  const { key, env } = place.gpgKey('ada');
  place.config('user.signingKey', key);
  expect(place.claim('a.ts', env)).toMatchObject({ code: 0 });
  expect(tryGit(place.dir, ['verify-commit', 'intercom'], env).code).toBe(0);
  expect(place.check(env)).toEqual([]);
  const other = place.gpgKey('eve');
  expect(place.check(other.env).map(([rule]) => rule)).toEqual(['badly-signed']);
  place.config('user.signingKey', 'nobody@example.org');
  expect(place.claim('b.ts', env).err).toMatch(/could not be signed: gpg says: .*No secret key/);
});

test.runIf(isInstalled('gpgsm'))(
  'with an X.509 certificate: signed, verified, and one that is not trusted is found',
  () => {
    const place = new SigningPlace();
    const { key, env, distrust } = place.x509Key('ada');
    place.config('gpg.format', 'x509');
    place.config('user.signingKey', key);
    expect(place.claim('a.ts', env)).toMatchObject({ code: 0 });
    expect(git(place.dir, 'cat-file', 'commit', 'intercom')).toContain('gpgsig -----BEGIN SIGNED MESSAGE-----');
    expect(tryGit(place.dir, ['verify-commit', 'intercom'], env).code).toBe(0);
    expect(git(place.dir, 'fsck', '--strict')).toBe('');
    expect(place.check(env)).toEqual([]);
    distrust();
    expect(place.check(env).map(([rule]) => rule)).toEqual(['badly-signed']);
    place.config('user.signingKey', 'nobody@example.org');
    expect(place.claim('b.ts', env).err).toMatch(/could not be signed: gpgsm says: .*/);
  },
);

test('off by default: no program is started, and no signature is written', () => {
  const place = new SigningPlace();
  place.policy('');
  place.useSsh('/nonexistent');
  expect(place.claim('a.ts').code).toBe(0);
  expect(git(place.dir, 'log', '--format=%G?', 'intercom')).toBe('N\nN');
});
