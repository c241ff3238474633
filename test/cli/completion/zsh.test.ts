/** Real completion: a zsh on a terminal of its own (zpty), typed into by another. */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { run } from '../../tooling/run.ts';
import { isHere, makePlace, type Place, typedWords } from './place.ts';

const driver = `
zmodload zsh/zpty
zpty typist zsh -f -i
local line
expect() { while zpty -r typist line; do print -rn -- "$line"; [[ $line == $~1 ]] && return; done }
zpty -w typist "autoload -Uz compinit; compinit -D -u; source '$1'; echo re''ady"
expect $'ready*'
zpty -n -w typist "$2"$'\\n'
expect 'typed:*'
zpty -d typist
`;

let place: Place;
let hasZsh = false;
beforeAll(async () => {
  hasZsh = await isHere('zsh');
  place = await makePlace('zsh');
  writeFileSync(`${place.script}.driver`, driver);
});
afterAll(() => place.remove());
beforeEach((context) => {
  if (!hasZsh) context.skip('no zsh here');
});

async function completed(keys: string): Promise<string> {
  const args = ['20', 'zsh', '-f', `${place.script}.driver`, place.script, keys];
  return typedWords((await run('timeout', args, { cwd: place.cwd, env: place.env })).output);
}

/** zsh takes the slash of a folder back when the word ends there. */
const cases: readonly (readonly [typed: string, words: string])[] = [
  ['rele\t--fo\t', '<release> <--force>'],
  ['check-\tsr\t', '<check-edit> <src>'],
  ['claim Rel\t', '<claim> <Release notes.md>'],
  ['-C do\t who', '<-C> <docs> <who>'],
  ['--agent claim clai\ts', '<--agent> <claim> <claims>'],
  ['send ada --importance ur\tx', '<send> <ada> <--importance> <urgent> <x>'],
  ['send --importance=ur\tx', '<send> <--importance=urgent> <x>'],
  ['log --foll\t', '<log> <--follow>'],
  ['help pee\t', '<help> <peek>'],
  ['completion fi\t', '<completion> <fish>'],
  ['send sr\t', '<send> <sr>'],
  ['claim --wait sr\t', '<claim> <--wait> <src>'],
];

test.each(cases)('git-intercom %j becomes %s', async (typed, words) => {
  expect(await completed(`git-intercom ${typed}`)).toBe(words);
});

test.each(cases)('git intercom %j becomes %s', async (typed, words) => {
  expect(await completed(`git intercom ${typed}`)).toBe(words);
});

test('zsh finds nothing wrong with the script', async () => {
  expect(await run('zsh', ['-n', place.script], { env: place.env })).toEqual({ exitCode: 0, output: '' });
});
