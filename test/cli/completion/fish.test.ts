/** fish tells what it would complete. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { run } from '../../tooling/run.ts';
import { isHere, makePlace, type Place } from './place.ts';

let place: Place;
let hasFish = false;
beforeAll(async () => {
  hasFish = await isHere('fish');
  place = await makePlace('fish');
});
afterAll(() => place.remove());
beforeEach((context) => {
  if (!hasFish) context.skip('no fish here');
});

const program = 'source $argv[1]; complete -C $argv[2]';

/** Words alone, without what fish says of them. */
async function completed(line: string): Promise<string[]> {
  const { output } = await run('fish', ['-c', program, place.script, line], { cwd: place.cwd, env: place.env });
  return output
    .trimEnd()
    .split('\n')
    .map((row) => row.split('\t')[0] ?? '');
}

const cases: readonly (readonly [typed: string, words: readonly string[]])[] = [
  ['rele', ['release']],
  ['release --fo', ['--force']],
  ['check-edit sr', ['src/']],
  ['claim Rel', ['Release notes.md']],
  ['-C do', ['docs/']],
  ['--agent claim claim', ['claim', 'claims']],
  ['send ada --importance ur', ['urgent']],
  ['send "a b" --importance=ur', ['--importance=urgent']],
  ['send ada --kind p', ['progress']],
  ['help pe', ['peek']],
  ['completion fi', ['fish']],
  ['send sr', ['']],
];

test.each(cases)('git-intercom %s', async (typed, words) => {
  expect(await completed(`git-intercom ${typed}`)).toEqual(words);
});

test.each(cases)('git intercom %s', async (typed, words) => {
  expect(await completed(`git intercom ${typed}`)).toEqual(words);
});

test('a branch of the same name gets no commands of ours', async () => {
  expect(await completed('git show intercom rele')).not.toContain('release');
});

test('fish finds nothing wrong with the script', async () => {
  expect(await run('fish', ['-n', place.script], { env: place.env })).toEqual({ exitCode: 0, output: '' });
});
