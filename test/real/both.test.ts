/** Sessions of different harnesses in one repository. */
import { expect, test } from 'vitest';
import { claudeCode } from './claude-code.ts';
import { codex } from './codex.ts';
import { say } from './model/saying.ts';
import { onMachineWith } from './place.ts';

const project = onMachineWith(claudeCode, codex);

test('when Claude Code and Codex edit one file at the same time, exactly one of them does', async () => {
  const claude = project().session(claudeCode);
  const other = project().session(codex);
  const bothHaveBegun = Promise.all([claude.request(1), other.request(0)]);
  // Whoever won goes on working until the other one has tried, for a session that is over holds nothing.
  const bothHaveTried = Promise.all([claude.request(2), other.request(1)]);
  const afterTrying = () => bothHaveTried.then(() => say('Done.'));
  const from = 'export const a = 1;';
  const { read, edit } = claude.steps;
  claude.plays(read('src/a.ts'), () => bothHaveBegun.then(() => edit('src/a.ts', from, 'by Claude Code')), afterTrying);
  other.plays(() => bothHaveBegun.then(() => other.steps.edit('src/a.ts', from, 'by Codex')), afterTrying);
  await Promise.all([claude.run(), other.run()]);

  const refused = [await claude.request(2), await other.request(1)].map(({ news }) => /is claimed by/.test(news));
  expect(refused.filter((is) => is)).toHaveLength(1);
  expect(project().read('src/a.ts')).toBe(refused[0] ? 'by Codex\n' : 'by Claude Code\n');
});
