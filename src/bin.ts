/**
 * The command's first file. `check-edit` and `peek` are asked before every edit and between an agent's steps, so they
 * are answered here from the projection, with nothing loaded; all else, and any doubt, goes on to main.ts.
 */
import { currentFolder } from './cli/path-from-top.ts';
import { answerQuickly } from './quick.ts';

declare function require(path: './main.cjs'): { main(argv: readonly string[]): Promise<void> };

const argv = process.argv.slice(2);
const code = answerQuickly(argv, process.env, currentFolder(process.env));
if (code === undefined) void require('./main.cjs').main(argv);
else process.exitCode = code;
