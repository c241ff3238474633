/**
 * The command's first file. `check-edit`, `peek` and hooks are asked before every edit and between an agent's steps, so
 * they are answered here from the projection, with nothing loaded; all else, and any doubt, goes on to main.ts.
 */
import { join } from 'node:path';
import { commandWord } from './cli/command-word.ts';
import { currentFolder } from './cli/path-from-top.ts';
import { loadCached } from './code-cache.ts';
import { answerQuickly } from './quick.ts';
import { answerHookQuickly, readHookInput } from './quick-hook.ts';

declare const __dirname: string;
declare function require(path: './main.cjs'): Program;
declare function require(path: 'node:v8'): typeof import('node:v8');

interface Program {
  /** `input` is what was read of stdin already. */
  main(argv: readonly string[], input?: string): Promise<void>;
}

const argv = process.argv.slice(2);
const isHook = argv[0] === 'hook' && argv[1] !== 'git';
const input = isHook ? readHookInput() : undefined;
const code = answerNow();
if (code !== undefined) process.exitCode = code;
else void (isServer(argv) ? serverProgram() : require('./main.cjs')).main(argv, input);

function answerNow(): number | undefined {
  const where = { env: process.env, cwd: currentFolder(process.env) };
  return input === undefined ? answerQuickly(argv, where.env, where.cwd) : answerHookQuickly(argv, input, where);
}

/**
 * A server mostly waits, for hours, and there are as many as agents: its young generation stays as small as it begins,
 * and only what is called very often is compiled by the optimizing compiler, whose work memory is not given back. It
 * saves a quarter of the memory and costs a start some milliseconds. Before anything is loaded, for V8's code cache is
 * good for one set of flags. A version of V8 that does not know one says so on stderr and goes on.
 */
function serverProgram(): Program {
  const { setFlagsFromString } = require('node:v8');
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--interrupt-budget=4000000');
  return loadCached(join(__dirname, 'serve.cjs'), process.env) as Program;
}

/** Straight to the server: its client waits for it to start, and needs nothing of main.ts. */
function isServer(words: readonly string[]): boolean {
  return commandWord(words).name === 'mcp' && !words.includes('--help') && !words.includes('-h');
}
