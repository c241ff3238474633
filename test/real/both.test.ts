/** Sessions of different harnesses in one repository. */
import { expect, test } from 'vitest';
import { claudeCode } from './claude-code.ts';
import { codex } from './codex.ts';
import { say } from './model/saying.ts';
import { onMachineWith } from './place.ts';

const project = onMachineWith(claudeCode, codex);

test('when Claude Code and Codex edit one file at the same time, exactly one of them does', async () => {
  project().put('src/a.ts', 'Claude Code was not here\nCodex was not here\n');
  const claude = project().session(claudeCode);
  const other = project().session(codex);
  const bothHaveBegun = Promise.all([claude.request(1), other.request(1)]);
  // Whoever won goes on working until the other one has tried, for a session that is over holds nothing.
  const bothHaveTried = Promise.all([claude.request(4), other.request(4)]);
  for (const session of [claude, other]) {
    const { read, edit } = session.steps;
    const { title } = session.harness;
    const mine = edit('src/a.ts', `${title} was not here`, `${title} was here`);
    // Whoever comes second may be stopped by his own harness, for the file is not as he read it. So he tries again.
    const tries = [() => bothHaveBegun.then(() => mine), read('src/a.ts'), mine];
    session.plays(read('src/a.ts'), ...tries, () => bothHaveTried.then(() => say('Done.')));
  }
  await Promise.all([claude.run(), other.run()]);
  expect(
    project()
      .read('src/a.ts')
      .match(/was here/g),
  ).toHaveLength(1);
  const refused = [claude, other].filter(({ heard }) => heard.includes('src/a.ts is claimed by'));
  expect(refused.map(({ harness }) => harness.title)).toEqual([
    project().read('src/a.ts').includes('Codex was here') ? 'Claude Code' : 'Codex',
  ]);
});
