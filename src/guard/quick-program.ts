/** What `hook.cjs` finds compiled: the answer from the projection, or the whole program where that is not certain. */
import { join } from 'node:path';
import { currentFolder } from '../cli/path-from-top.ts';
import { loadCached } from '../quick/code-cache.ts';
import { answerHookQuickly, readHookInput } from './quick.ts';

declare const __dirname: string;

interface WholeProgram {
  main(argv: readonly string[], input: string): Promise<void>;
}

/** Whether it was answered from the projection. */
export function main(argv: readonly string[]): boolean {
  const input = readHookInput();
  const code = answerHookQuickly(argv, input, { env: process.env, cwd: currentFolder(process.env) });
  if (code !== undefined) process.exitCode = code;
  else void (loadCached(join(__dirname, 'main.cjs'), process.env) as WholeProgram).main(argv, input);
  return code !== undefined;
}
