/**
 * The command's first file. `check-edit` and `peek` are asked before every edit and between an agent's steps, so they
 * are answered here from the projection, with nothing loaded; all else, and any doubt, goes on to main.ts.
 */
import { commandWord } from './cli/command-word.ts';
import { currentFolder } from './cli/path-from-top.ts';
import { answerQuickly } from './quick.ts';

declare function require(path: './main.cjs' | './serve.cjs'): { main(argv: readonly string[]): Promise<void> };

const argv = process.argv.slice(2);
const code = answerQuickly(argv, process.env, currentFolder(process.env));
if (code !== undefined) process.exitCode = code;
else void require(isServer(argv) ? './serve.cjs' : './main.cjs').main(argv);

/** Straight to the server: its client waits for it to start, and needs nothing of main.ts. */
function isServer(words: readonly string[]): boolean {
  return commandWord(words).name === 'mcp' && !words.includes('--help') && !words.includes('-h');
}
