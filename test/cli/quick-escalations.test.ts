import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run, Scratch } from './scratch.ts';

test('an open escalation is in quick answers also where the projection was made anew', async () => {
  const scratch = new Scratch();
  const command = (...words: string[]) =>
    run(join(scratch.dir, 'bin/git-intercom'), words, scratch.repo, scratch.env('ada'));
  const shown = async () => JSON.parse((await command('peek', '--no-mark', '--json')).stdout).escalations;
  await command('escalate', 'may I?');
  // The first commit of all finds no projection, and the second none either.
  expect(await shown()).toMatchObject([{ from: 'ada', text: 'may I?' }]);
  rmSync(join(scratch.repo, '.git/intercom/projection'), { recursive: true });
  await command('claim', 'src/auth.ts');
  expect(await shown()).toMatchObject([{ from: 'ada', text: 'may I?' }]);
  scratch.remove();
});
