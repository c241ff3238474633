/** Real completion: bash reads tabs from a pipe as from a keyboard, and the command prints the words that came of them. */
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../tooling/run.ts';
import { makePlace, type Place, typedWords } from './place.ts';

const ofGit = '/usr/share/bash-completion/completions/git';

let place: Place;
beforeAll(async () => {
  place = await makePlace('bash');
  const sourcing = (...files: readonly string[]) => ["PS1='$ '", ...files.map((file) => `. '${file}'`), ''].join('\n');
  writeFileSync(`${place.script}.itself`, sourcing(place.script));
  writeFileSync(`${place.script}.of-git`, sourcing(ofGit, place.script));
});
afterAll(() => place.remove());

async function completed(keys: string, by: 'itself' | 'of-git' = 'itself'): Promise<string> {
  const rc = `${place.script}.${by}`;
  const env = { ...process.env, ...place.env, INPUTRC: '/dev/null' };
  const child = spawn('bash', ['--noprofile', '--rcfile', rc, '-i'], { cwd: place.cwd, env, timeout: 20_000 });
  child.stdin.end(`${keys}\nexit\n`);
  const [output, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return typedWords(output === '' ? complaints : output);
}

const cases: readonly (readonly [typed: string, words: string])[] = [
  ['rel\t--fo\t', '<release> <--force>'],
  ['check-\tsr\t', '<check-edit> <src/>'],
  ['claim Rel\t', '<claim> <Release notes.md>'],
  ['-C do\t who', '<-C> <docs/> <who>'],
  ['--agent claim cla\ts', '<--agent> <claim> <claims>'],
  ['send ada --importance ur\tx', '<send> <ada> <--importance> <urgent> <x>'],
  ['send --importance=ur\tx', '<send> <--importance=urgent> <x>'],
  ['send --kind=p\tx', '<send> <--kind=progress> <x>'],
  ['log --foll\t', '<log> <--follow>'],
  ['help pee\t', '<help> <peek>'],
  ['completion fi\t', '<completion> <fish>'],
  ['send sr\t', '<send> <sr>'],
  ['send --importance sr\t', '<send> <--importance> <sr>'],
  ['claim --wait sr\t', '<claim> <--wait> <src/>'],
  ['claim --no-rem\t', '<claim> <--no-rem>'],
];

test.concurrent.each(cases)('git-intercom %j becomes %s', async (typed, words) => {
  expect(await completed(`git-intercom ${typed}`)).toBe(words);
});

test.concurrent.for(cases)(
  'git intercom %j becomes %s, asked by the completion of git',
  async ([typed, words], context) => {
    if (!existsSync(ofGit)) context.skip('no bash completion of git here');
    expect(await completed(`git intercom ${typed}`, 'of-git')).toBe(words);
  },
);

test('git intercom after options of git is completed alike', async (context) => {
  if (!existsSync(ofGit)) context.skip('no bash completion of git here');
  expect(await completed('git -C src intercom rel\t--wh\tx', 'of-git')).toBe('<release> <--why> <x>');
});

test('bash finds nothing wrong with the script, nor does it in strict mode', async () => {
  expect(await run('bash', ['--norc', '-n', place.script])).toEqual({ exitCode: 0, output: '' });
  expect(await run('bash', ['--norc', '-euc', `. '${place.script}'`])).toEqual({ exitCode: 0, output: '' });
});
