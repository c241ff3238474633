/**
 * Loads a program of ours and its parts with V8's code cache: node 20 compiles a program at every start, which takes
 * longer than all else that a server does until it answers, and a third of what a command does. The cache is made when
 * the first run ends, in the user's cache folder (XDG Base Directory), and is good for one file, one version of node and
 * one set of its flags; V8 itself refuses what does not fit (v8.dev/blog/code-caching), but not what is damaged: it
 * crashes on that, at each start, so that the bytes stand there twice: to compare them takes less time than to load what
 * makes a sum. Without a folder that can be written everything works as before.
 */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { Script } from 'node:vm';
import { homeFolder } from '../store/local/home.ts';

declare const __VERSION__: string;
/** The program's own, for all parts lie in one folder. What only this needs is loaded at need: quick answers have no time. */
declare const require: NodeJS.Require;

/**
 * Loads `file`, and what it requires beside itself, each once, as node's own `require` does. `mayKeep` is asked when the
 * process ends.
 */
export function loadCached(file: string, env: NodeJS.ProcessEnv, mayKeep = () => true): unknown {
  const known = require.cache[file];
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  require.cache[file] = module as NodeJS.Module;
  const cache = cacheFile(file, env);
  const cachedData = read(cache);
  const { Script } = require('node:vm') as typeof import('node:vm');
  const script = new Script(wrapped(readFileSync(file, 'utf8')), { filename: file, ...(cachedData && { cachedData }) });
  // What was called by the end of the first run is in it, and not what was only declared.
  if (cachedData === undefined || script.cachedDataRejected) writeAtExit({ cache, script, mayKeep });
  const load = (name: string) =>
    name.startsWith('./') ? loadCached(join(dirname(file), name), env, mayKeep) : require(name);
  const requireNext = Object.assign(load, { cache: require.cache });
  script.runInThisContext()(module.exports, requireNext, module, file, dirname(file));
  return module.exports;
}

/** As node wraps a CommonJS module; in one line with the first, so that the lines of a report are the file's. */
function wrapped(text: string): string {
  return `(function (exports, require, module, __filename, __dirname) { ${text}\n});`;
}

interface Unwritten {
  readonly cache: string;
  readonly script: Script;
  readonly mayKeep: () => boolean;
}

const unwritten: Unwritten[] = [];

/** One listener for all parts: node warns on the terminal of more than ten. */
function writeAtExit(part: Unwritten): void {
  if (unwritten.length === 0) {
    process.once('exit', () => {
      for (const { cache, script, mayKeep } of unwritten) if (mayKeep()) write(cache, script);
    });
  }
  unwritten.push(part);
}

/** Named by what it is good for: another build, or another node, has another. */
function cacheFile(file: string, env: NodeJS.ProcessEnv): string {
  const { size, mtimeMs } = statSync(file);
  const { XDG_CACHE_HOME: given } = env;
  const folder = join(given && isAbsolute(given) ? given : join(homeFolder(env), '.cache'), 'git-intercom');
  // npm gives all files of all packages one time, and V8 compares no more than lengths: the names tell them apart.
  const parts = [basename(file), __VERSION__, process.version, process.arch, size, Math.round(mtimeMs)];
  return join(folder, `code-${parts.join('-')}`);
}

/** Undefined where there is none, or not the one that was written: not every writer lived to sync it. */
function read(file: string): Buffer | undefined {
  try {
    const bytes = readFileSync(file);
    const code = bytes.subarray(0, bytes.length / 2);
    return bytes.length > 0 && code.equals(bytes.subarray(code.length)) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Two first runs write the same. Folders are not made recursively: below /proc node would try without end. */
function write(file: string, script: Script): void {
  const temporary = `${file}~${process.pid}`;
  try {
    for (const folder of [dirname(dirname(file)), dirname(file)]) if (!existsSync(folder)) mkdirSync(folder, 0o700);
    // Opened first: where it cannot be, as in a sandbox, each run would make a cache for nothing.
    const opened = openSync(temporary, 'w', 0o600);
    try {
      const code = script.createCachedData();
      writeFileSync(opened, Buffer.concat([code, code]));
    } finally {
      closeSync(opened);
    }
    renameSync(temporary, file);
    removeOld(dirname(file));
  } catch {
    remove(temporary);
  }
}

/** Of builds that are gone. One that is still in use is made again, once in so long. */
function removeOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    const ageMs = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (name.startsWith('code-') && ageMs > keptMs) remove(file);
  }
}

const keptMs = 30 * 24 * 60 * 60 * 1000;
/** Where the folder is none, not even this works. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {}
}
