/** The built command within this process: what it writes and its exit code, many times a second. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../tooling/sources.ts';
import type { Ran } from './scratch.ts';

const require = createRequire(import.meta.url);
const binFile = join(root, 'dist/bin.cjs');
const mainFile = join(root, 'dist/main.cjs');

export interface Call {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The whole command, as if there were no quick answers. */
export function whole(call: Call): Promise<Ran> {
  const { main } = require(mainFile) as { main: (argv: readonly string[]) => Promise<void> };
  return captured(call, () => main(call.argv));
}

/** What bin.cjs answers by itself; undefined when it passes the question on, having written nothing. */
export async function quick(call: Call): Promise<Ran | undefined> {
  require(mainFile);
  const loaded = require.cache[mainFile] as NodeJS.Module;
  const { exports } = loaded;
  let passedOn: readonly string[] | undefined;
  loaded.exports = {
    main: (argv: readonly string[]) => {
      passedOn = argv;
      return Promise.resolve();
    },
  };
  try {
    const ran = await captured(call, () => {
      delete require.cache[binFile];
      require(binFile);
    });
    if (passedOn === undefined) return ran;
    if (ran.stdout + ran.stderr !== '') throw new Error(`it wrote and passed on: ${ran.stdout}${ran.stderr}`);
    if (passedOn.join('\0') !== call.argv.join('\0')) throw new Error(`it passed on other words: ${passedOn}`);
    return undefined;
  } finally {
    loaded.exports = exports;
  }
}

/** With the world of one command in place of this process's own, which comes back at the end. */
async function captured({ argv, cwd, env }: Call, act: () => unknown): Promise<Ran> {
  const before = { argv: process.argv, cwd: process.cwd(), env: process.env, exitCode: process.exitCode };
  const { writeSync } = fs;
  const writes = { out: process.stdout.write, err: process.stderr.write };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const listeners = signals.map((signal) => process.listeners(signal));
  const onError = process.stdout.listeners('error');
  const said = { out: '', err: '' };
  const into = (stream: 'out' | 'err') => (text: string) => {
    said[stream] += text;
    return true;
  };
  try {
    process.argv = [process.execPath, binFile, ...argv];
    process.env = env;
    process.chdir(cwd);
    process.exitCode = undefined;
    process.stdout.write = into('out') as typeof process.stdout.write;
    process.stderr.write = into('err') as typeof process.stderr.write;
    fs.writeSync = ((fd: number, text: string, ...rest: never[]) =>
      fd === 1 || fd === 2 ? into(fd === 1 ? 'out' : 'err')(text) : writeSync(fd, text, ...rest)) as typeof writeSync;
    await act();
    return { stdout: said.out, stderr: said.err, code: Number(process.exitCode ?? 0) };
  } finally {
    fs.writeSync = writeSync;
    process.stdout.write = writes.out;
    process.stderr.write = writes.err;
    process.argv = before.argv;
    process.env = before.env;
    process.exitCode = before.exitCode;
    process.chdir(before.cwd);
    for (const [n, signal] of signals.entries()) {
      for (const each of process.listeners(signal)) if (!listeners[n]?.includes(each)) process.off(signal, each);
    }
    for (const each of process.stdout.listeners('error')) {
      if (!onError.includes(each)) process.stdout.off('error', each as () => void);
    }
  }
}
