/**
 * The command's first file. `check-edit`, `peek` and hooks are asked before every edit and between an agent's steps, so
 * they are answered here from the projection, with nothing loaded; all else, and any doubt, goes on to main.ts.
 */
import { join } from 'node:path';
import { commandWord } from './cli/command-word.ts';
import { leavesNothing } from './cli/leaves-nothing.ts';
import { currentFolder } from './cli/path-from-top.ts';
import { answerQuickly } from './quick/answers.ts';
import { loadCached } from './quick/code-cache.ts';
import { serverFlags } from './serving/server-flags.ts';

declare const __dirname: string;
declare function require(path: './git-hook.cjs'): GitHookProgram;
declare function require(path: './hook.cjs'): { main(argv: readonly string[]): boolean };
declare function require(path: 'node:v8'): typeof import('node:v8');

interface Program {
  main(argv: readonly string[]): Promise<void>;
}

interface GitHookProgram {
  main(words: readonly string[], directory: string | undefined, agent: string | undefined): Promise<void>;
}

const argv = process.argv.slice(2);
const code = answerQuickly(argv, process.env, currentFolder(process.env));
if (code !== undefined) process.exitCode = code;
else if (isGitHook(argv)) void gitHook(argv);
else if (argv[0] === 'hook') require('./hook.cjs').main(argv);
else void (isServer(argv) ? serverProgram() : wholeProgram()).main(argv);

function serverProgram(): Program {
  const { setFlagsFromString } = require('node:v8');
  for (const flag of serverFlags(process.versions.v8)) setFlagsFromString(flag);
  // zod compiles a parser for each schema of an object when it is first used; few are used often.
  Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
  return loadCached(join(__dirname, 'serve.cjs'), process.env) as Program;
}

function wholeProgram(): Program {
  return loadCached(join(__dirname, 'main.cjs'), process.env, () => !leavesNothing(argv)) as Program;
}

/** Straight to the server: its client waits for it to start, and needs nothing of main.ts. */
function isServer(words: readonly string[]): boolean {
  return commandWord(words).name === 'mcp' && !words.includes('--help') && !words.includes('-h');
}

/** A commit waits for it: it is a program of its own, and loads main.ts only when it must. */
function isGitHook(words: readonly string[]): boolean {
  const { name, behind } = commandWord(words);
  return name === 'hook' && behind[0] === 'git';
}

/** An installation that is torn lets git go on as well: node would end with the code of a refusal. */
async function gitHook(words: readonly string[]): Promise<void> {
  const { before, behind } = commandWord(words);
  const given = (option: string) => (before.includes(option) ? before[before.indexOf(option) + 1] : undefined);
  try {
    await require('./git-hook.cjs').main(behind.slice(1), given('-C') ?? given('--directory'), given('--agent'));
  } catch (thrown) {
    console.error(
      `git intercom: the hook could not run, and git goes on: ${(thrown as Error).message.split('\n', 1)[0]}`,
    );
    process.exitCode = 0;
  }
}
