/** What doctor says of the remote or hub that the policy names. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseConfig } from '../../../src/store/git/config.ts';
import type { Repository } from '../../../src/store/git/locate.ts';
import { remoteFindings } from '../../../src/store/sync/remote-findings.ts';
import { removeFolder } from '../../remove-folder.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'intercom-findings-'));
});
afterEach(() => removeFolder(dir));

const found = (policy: { remote?: string; hub?: string }, config = '') => {
  const repository = { config: parseConfig(config), commonDir: join(dir, 'app/.git'), workTree: join(dir, 'app') };
  return remoteFindings({ remote: null, hub: null, ...policy }, repository as unknown as Repository, join(dir, 'hubs'));
};
test('nothing where there is none, or where it is far away', () => {
  expect(found({})).toEqual([]);
  expect(found({ remote: 'https://example.org/app.git' })).toEqual([]);
  expect(found({ remote: 'origin' }, '[remote "origin"]\n\turl = git@example.org:app.git\n')).toEqual([]);
});

test('a remote that was renamed is used, and that is said', () => {
  const [finding] = found({ remote: 'origin' }, '[remote "up"]\n\turl = git@example.org:app.git\n');
  expect(finding).toMatchObject({ level: 'info', next: expect.stringContaining('git intercom init --remote up') });
});

test('a remote that is none is a warning with the next command', () => {
  expect(found({ remote: 'origin' })).toMatchObject([
    { level: 'warning', next: expect.stringContaining('git remote add origin') },
  ]);
});

test('a hub of the own data folder is made by init', () => {
  expect(found({ hub: 'team' })).toMatchObject([{ level: 'warning', next: 'Run git intercom init, which makes it.' }]);
  mkdirSync(join(dir, 'hubs/team.git'), { recursive: true });
  writeFileSync(join(dir, 'hubs/team.git/HEAD'), 'ref: refs/heads/intercom\n');
  expect(found({ hub: 'team' })).toEqual([]);
});
