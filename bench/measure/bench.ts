/**
 * A benchmark is a program of its own: scripts/bench.mjs bundles it and starts it as
 * `node <bundle> <root of the repository> short|full`. It prints its rows as JSON, one a line.
 *
 * A part is the same program again, started by the benchmark itself for what needs a process of its own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Intercom, IntercomOptions } from '../../src/index.ts';
import type { Row } from './row.ts';

export interface Setting {
  /** For CI: fewer samples and smaller fixtures, the same marks. */
  readonly isShort: boolean;
  /** Of what lasts as long as one wishes, where it was said. */
  readonly seconds?: number | undefined;
}

type Part = (args: readonly string[]) => Promise<void>;

const [, bundle = '', folder = '', length = 'full', partName, ...partArgs] = process.argv;

/** Of the package's repository. */
export const root = folder;

export function runBench(bench: (setting: Setting) => Promise<readonly Row[]>, parts: Record<string, Part> = {}): void {
  const run = async () => {
    if (partName !== undefined) return parts[partName]?.(partArgs);
    const seconds = Number(length) || undefined;
    for (const row of await bench({ isShort: length === 'short', seconds })) console.log(JSON.stringify(row));
  };
  run().catch((thrown: unknown) => {
    console.error(thrown);
    process.exit(1);
  });
}

export function startPart(name: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [bundle, root, length, name, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
}

/** What a part said in all, when it has ended. Rejects when it failed. */
export function outputOf(part: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    part.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    part.once('error', reject);
    part.once('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`a part ended with code ${code}`))));
  });
}

/** The command as it is shipped. */
export const command = join(root, 'dist/bin.cjs');

/** A handle of the library as it is shipped. */
export async function openIntercom(options: IntercomOptions): Promise<Intercom> {
  const library = (await import(
    pathToFileURL(join(root, 'dist/index.js')).href
  )) as typeof import('../../src/index.ts');
  return library.openIntercom(options);
}

type Done<A> = A extends { readonly status: 'done'; readonly value: infer Value } ? Value : never;

/** The value of an answer that nothing else than `done` was expected of. */
export function resultOf<A extends { readonly status: string }>(answer: A): Done<A> {
  if (answer.status !== 'done') throw new Error(`expected to be done: ${JSON.stringify(answer)}`);
  return (answer as unknown as { value: Done<A> }).value;
}
