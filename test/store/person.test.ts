import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { removeFolder } from '../remove-folder.ts';
import { root } from '../tooling/sources.ts';

/** By a program of its own: what is tried without end stops every timer of the one that tries. */
function uidUnder(home: string): string {
  const contents = `import { personUid } from './src/store/local/person.ts';\nconsole.log(personUid(process.env));`;
  const built = buildSync({
    stdin: { contents, resolveDir: root },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
  });
  const env = { ...process.env, HOME: home, XDG_DATA_HOME: '' };
  const options = { env, encoding: 'utf8', timeout: 20_000, killSignal: 'SIGKILL' } as const;
  return execFileSync(process.execPath, ['-e', built.outputFiles[0]?.text ?? ''], options).trim();
}

test.runIf(process.platform === 'linux')(
  'where no folder can be made a person has no uid, and the answer comes',
  () => {
    expect(uidUnder('/proc')).toBe('undefined');
  },
);

test('the first use makes the folders for this user alone, and the next one finds the same uid', () => {
  const home = mkdtempSync(join(tmpdir(), 'intercom-person-'));
  onTestFinished(() => removeFolder(home));
  const uid = uidUnder(home);
  expect(uid).toMatch(/^p[0-9a-f]{20}$/);
  expect(uidUnder(home)).toBe(uid);
  const folder = join(home, '.local', 'share', 'git-intercom');
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(folder, 'person'), 'utf8')).toBe(`${uid}\n`);
});
