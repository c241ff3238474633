import { expect, test } from 'vitest';
import { HookPlace } from './place.ts';

test('where the guard is broken an agent is stopped by a policy that wants it, and a person never', async () => {
  const place = new HookPlace();
  await place.claim('bob', 'src/api/users.ts');
  place.put('.intercom/config.yaml', 'guard:\n  broken: refuse\nno such key: here\n');
  place.put('src/cart.ts', 'changed\n');
  place.git('add', 'src');
  const stopped = await place.as('ada', ['commit', '-m', 'Mine']);
  expect(stopped.code).toBe(1);
  expect(stopped.stderr).toContain('pre-commit looked at nothing, and the policy lets nothing through then');
  expect((await place.as(undefined, ['commit', '-m', 'Mine'])).code).toBe(0);
});

test('a policy of guards is plain: what asks before each edit reads it quickly', async () => {
  const place = new HookPlace();
  place.put(
    '.intercom/config.yaml',
    'guard:\n  edits: warn\n  autoClaim: false\nconfirm:\n  messages: true\nsignalFile: false\n',
  );
  await place.claim('bob', 'src/cart.ts');
  const { stdout, code } = await place.as('ada', ['intercom', 'check-edit', 'src/cart.ts', '--json']);
  expect({ verdict: JSON.parse(stdout).verdict, code }).toEqual({ verdict: 'conflict', code: 1 });
});
