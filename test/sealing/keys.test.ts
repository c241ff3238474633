import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSealing } from '../../src/sealing/open.ts';
import type { Sealing } from '../../src/sealing/port.ts';
import { removeFolder } from '../remove-folder.ts';

function place(): { readonly folder: string; readonly sealing: Sealing } {
  const dir = mkdtempSync(join(tmpdir(), 'intercom-keys-'));
  onTestFinished(() => removeFolder(dir));
  const folder = join(dir, 'data', 'keys');
  return { folder, sealing: openSealing(folder) };
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('a key', () => {
  test('is made once, and stays', async () => {
    const { sealing } = place();
    expect(await sealing.keys.of('u1')).toEqual([]);
    const made = await sealing.keys.make('u1');
    expect(await sealing.keys.make('u1')).toEqual(made);
    expect(await sealing.keys.of('u1')).toEqual([made]);
    expect(await sealing.keys.of('u2')).toEqual([]);
  });

  test('is the same for all who make it at once', async () => {
    const { sealing } = place();
    const made = await Promise.all(Array.from({ length: 8 }, () => sealing.keys.make('u1')));
    const kept = await sealing.keys.of('u1');
    expect(new Set(made.map(({ recipient }) => recipient))).toEqual(new Set([kept[0]?.recipient]));
  });

  test('made anew leaves the older one for what was sealed for it', async () => {
    const { sealing } = place();
    const old = await sealing.keys.make('u1');
    const text = await sealing.seal('hello', [old.recipient]);
    const anew = await sealing.keys.make('u1', 'anew');
    const kept = await sealing.keys.of('u1');
    expect(kept).toEqual([anew, old]);
    const identities = kept.map(({ identity }) => identity);
    expect(await sealing.open(text, identities)).toBe('hello');
    expect(await sealing.open(text, identities.slice(0, 1))).toBeUndefined();
  });

  // Windows has no such modes: a file there is as private as the folder of the user.
  test.skipIf(process.platform === 'win32')(
    'is for its user alone, also after somebody opened the folder',
    async () => {
      const { folder, sealing } = place();
      await sealing.keys.make('u1');
      const file = sealing.keys.fileOf('u1');
      expect([modeOf(folder), modeOf(file)]).toEqual(['700', '600']);
      chmodSync(folder, 0o755);
      chmodSync(file, 0o644);
      await sealing.keys.of('u1');
      expect([modeOf(folder), modeOf(file)]).toEqual(['700', '600']);
    },
  );

  test('of a uid that a hand made lies in the folder all the same', () => {
    const { folder, sealing } = place();
    for (const uid of ['../../x', '.', '..', 'a/b', '']) {
      expect(sealing.keys.fileOf(uid).slice(folder.length + 1)).not.toMatch(/^\.|\//);
    }
  });
});

describe('a seal', () => {
  test('is opened by each of those it was made for, and by no other', async () => {
    const { sealing } = place();
    const pairs = await Promise.all([1, 2, 3].map(() => sealing.makePair()));
    const [ada, bob, eve] = pairs as [(typeof pairs)[0], (typeof pairs)[0], (typeof pairs)[0]];
    const text = await sealing.seal('grüße\n', [ada.recipient, bob.recipient, bob.recipient]);
    for (const { identity } of [ada, bob]) expect(await sealing.open(text, [identity])).toBe('grüße\n');
    expect(await sealing.open(text, [eve.identity])).toBeUndefined();
    expect(text).not.toContain(ada.recipient);
  });

  test.each(['', 'no age file', '-----BEGIN AGE ENCRYPTED FILE-----\nYQ==\n-----END AGE ENCRYPTED FILE-----\n'])(
    'that is none opens to nothing: %j',
    async (text) => {
      const { sealing } = place();
      expect(await sealing.open(text, [(await sealing.makePair()).identity])).toBeUndefined();
    },
  );

  test('of which a byte was changed opens to nothing', async () => {
    const { sealing } = place();
    const { identity, recipient } = await sealing.makePair();
    const lines = (await sealing.seal('x'.repeat(200), [recipient])).split('\n');
    const body = lines[6] as string;
    lines[6] = `${body.startsWith('A') ? 'B' : 'A'}${body.slice(1)}`;
    expect(await sealing.open(lines.join('\n'), [identity])).toBeUndefined();
  });

  test('for a key that is none is refused', async () => {
    await expect(place().sealing.seal('x', ['age1nothing'])).rejects.toMatchObject({ name: 'IntercomError' });
  });
});

const reason = spawnSync('age', ['--version']).status === 0 ? undefined : 'the program age is not installed';

describe('the program age', () => {
  test('opens what we sealed with our key file', async ({ skip }) => {
    if (reason !== undefined) skip(reason);
    const { sealing } = place();
    const { recipient } = await sealing.keys.make('u1');
    const text = await sealing.seal('for ada\n', [recipient, (await sealing.makePair()).recipient]);
    const out = execFileSync('age', ['--decrypt', '--identity', sealing.keys.fileOf('u1')], { input: text });
    expect(out.toString()).toBe('for ada\n');
  });

  test('seals what we open', async ({ skip }) => {
    if (reason !== undefined) skip(reason);
    const { folder, sealing } = place();
    const { recipient, identity } = await sealing.keys.make('u1');
    const file = join(folder, 'text');
    writeFileSync(file, 'by age');
    const sealed = execFileSync('age', ['--encrypt', '--armor', '--recipient', recipient, file]).toString();
    expect(await sealing.open(sealed, [identity])).toBe('by age');
    expect(readFileSync(sealing.keys.fileOf('u1'), 'utf8')).toContain(`# public key: ${recipient}\n`);
  });
});
