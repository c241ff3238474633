/**
 * The program that harnesses start for a hook, `hook.cjs`. The launcher starts it by itself; typed as `git intercom hook`
 * it is loaded by bin.ts. It is no more than this, for node compiles the first file of a program anew each time, which
 * for the answers from the projection takes longer than they do.
 */
import { join } from 'node:path';
import { loadCached } from '../quick/code-cache.ts';

declare const module: unknown;
declare const __dirname: string;
declare const require: { readonly main: unknown };

interface QuickProgram {
  main(argv: readonly string[]): boolean;
}

/** Whether nothing goes on any more: it was answered from the projection. */
export function main(argv: readonly string[]): boolean {
  let isAnswered = false;
  // Kept by a run that has called what the next ones call: what goes the long way calls little of it.
  const quick = loadCached(join(__dirname, 'quick-hook.cjs'), process.env, () => isAnswered) as QuickProgram;
  isAnswered = quick.main(argv);
  return isAnswered;
}

// Everything is written. Node would take its heap apart first, which takes as long as a look at the claims.
if (require.main === module && main(process.argv.slice(2))) process.exit();
