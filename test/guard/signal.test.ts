/** `.intercom/signal.md`, for agents whose harness has neither hooks nor tools. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GuardPlace } from './place.ts';

function signalling(): GuardPlace {
  const place = new GuardPlace();
  place.policy('signalFile: true\n');
  place.git('add', '.intercom');
  place.git('commit', '--quiet', '--message=Policy');
  return place;
}

test('says in each work tree who holds what and who has unread mail, and git does not see it', () => {
  const place = signalling();
  const linked = join(place.dir, 'linked');
  place.git('worktree', 'add', '--quiet', linked);
  place.command('ada', 'claim', 'src/a.ts', '--why', 'split login');
  place.command('bob', 'send', 'ada', 'are you there?', '--importance', 'urgent');
  for (const top of [place.repo, linked]) {
    const text = readFileSync(join(top, '.intercom/signal.md'), 'utf8');
    expect(text).toMatch(/^- src\/a\.ts: ada until \S+: split login$/m);
    expect(text).toContain('\n- ada: 1, 1 urgent\n');
  }
  expect(place.git('status', '--porcelain')).toBe('');
  expect(place.git('-C', linked, 'status', '--porcelain')).toBe('');
});

test('goes with what it says', () => {
  const place = signalling();
  place.command('ada', 'claim', 'src/a.ts');
  place.command('ada', 'release', '--all');
  const text = readFileSync(join(place.repo, '.intercom/signal.md'), 'utf8');
  expect(text).toContain('Nobody holds anything.');
  expect(text).toContain('Nobody has unread mail.');
});

test('is not written unless the policy wants it, and remove takes it and its line away', () => {
  const place = new GuardPlace();
  place.git('init', '--quiet');
  const excludes = join(place.repo, '.git/info/exclude');
  const before = existsSync(excludes) ? readFileSync(excludes, 'utf8') : '';
  place.command('ada', 'claim', 'src/a.ts');
  expect(existsSync(join(place.repo, '.intercom/signal.md'))).toBe(false);
  place.policy('signalFile: true\n');
  place.command('ada', 'claim', 'src/b.ts');
  expect(existsSync(join(place.repo, '.intercom/signal.md'))).toBe(true);
  place.command('ada', 'remove', '--yes');
  expect(existsSync(join(place.repo, '.intercom/signal.md'))).toBe(false);
  expect(readFileSync(excludes, 'utf8')).toBe(before);
});
