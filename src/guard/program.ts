/**
 * The program that harnesses start for a hook, `hook.cjs`: answered from the projection with nothing loaded, or handed on
 * to main.ts. The launcher starts it by itself; typed as `git intercom hook` it is loaded by bin.ts.
 */
import { currentFolder } from '../cli/path-from-top.ts';
import { answerHookQuickly, readHookInput } from './quick.ts';

declare const module: unknown;
declare const require: {
  (path: './main.cjs'): { main(argv: readonly string[], input: string): Promise<void> };
  readonly main: unknown;
};

export function main(argv: readonly string[]): void {
  const input = readHookInput();
  const code = answerHookQuickly(argv, input, { env: process.env, cwd: currentFolder(process.env) });
  if (code !== undefined) process.exitCode = code;
  else void require('./main.cjs').main(argv, input);
}

if (require.main === module) main(process.argv.slice(2));
