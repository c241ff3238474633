/**
 * The program that harnesses start for a hook, `hook.cjs`: answered from the projection with nothing loaded, or handed on
 * to main.ts. The launcher starts it by itself; typed as `git intercom hook` it is loaded by bin.ts.
 */
import { join } from 'node:path';
import { currentFolder } from '../cli/path-from-top.ts';
import { loadCached } from '../code-cache.ts';
import { answerHookQuickly, readHookInput } from './quick.ts';

declare const module: unknown;
declare const __dirname: string;
declare const require: { readonly main: unknown };

interface WholeProgram {
  main(argv: readonly string[], input: string): Promise<void>;
}

export function main(argv: readonly string[]): void {
  const input = readHookInput();
  const code = answerHookQuickly(argv, input, { env: process.env, cwd: currentFolder(process.env) });
  if (code !== undefined) process.exitCode = code;
  else void (loadCached(join(__dirname, 'main.cjs'), process.env) as WholeProgram).main(argv, input);
}

if (require.main === module) main(process.argv.slice(2));
