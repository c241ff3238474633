/**
 * Runs the benchmarks: `npm run bench`, with `-- --short` for CI, `-- --only claim` for some of them, and
 * `-- --only soak --seconds 180` for what lasts as long as one wishes. Builds dist/, bundles each bench/*.ts, runs them
 * one after the other, and prints one table. Ends with 1 when a mark was missed, a short run only when a benchmark failed.
 *
 * Everything that a run writes lies in one temporary folder, which goes with the run.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

const columns = { what: 'what', measured: 'measured', floor: 'floor', ratio: 'ratio', mustReach: 'must reach' };

const all = readdirSync('bench')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'))
  .sort();
const { length, names } = readArguments();
const folder = mkdtempSync(join(tmpdir(), 'intercom-bench-'));
const environment = cleanEnvironment();
let running;

process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 }));
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    running?.kill('SIGKILL');
    process.exit(130);
  });
}

function readArguments() {
  try {
    const options = {
      short: { type: 'boolean' },
      seconds: { type: 'string' },
      only: { type: 'string', multiple: true },
    };
    const { short, seconds, only = all } = parseArgs({ options }).values;
    const unknown = only.find((name) => !all.includes(name));
    if (unknown !== undefined) throw new TypeError(`There is no benchmark ${unknown}.`);
    if (seconds !== undefined && !/^[1-9]\d*$/.test(seconds))
      throw new TypeError(`${seconds} is no number of seconds.`);
    return { length: short ? 'short' : (seconds ?? 'full'), names: only };
  } catch (thrown) {
    console.error(
      `${thrown.message}\nnode scripts/bench.mjs [--short | --seconds N] [--only NAME]…  with NAME one of ${all.join(', ')}`,
    );
    process.exit(2);
  }
}

/** Extra certificates make node start twice as slowly; the rest would send git and the command to other places. */
function cleanEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !/^(NODE_|GIT_|INTERCOM_|XDG_)/.test(name));
  return { ...Object.fromEntries(kept), HOME: folder, TMPDIR: folder, GIT_CONFIG_NOSYSTEM: '1' };
}

async function bundle() {
  const made = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  if (made.status !== 0) throw new Error('dist/ could not be built');
  await build({
    entryPoints: names.map((name) => `bench/${name}.ts`),
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    logLevel: 'warning',
  });
}

/** The rows that a benchmark printed before it ended, and one more that is missed when it failed. */
function run(name) {
  return new Promise((resolve) => {
    const started = performance.now();
    const tell = (how) => console.error(`${name}: ${how} after ${((performance.now() - started) / 1000).toFixed(1)} s`);
    let output = '';
    running = spawn(process.execPath, [join(folder, `${name}.cjs`), root, length], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    running.once('close', (code, signal) => {
      const rows = output
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
      tell(code === 0 ? 'done' : 'failed');
      if (code === 0) return resolve(rows);
      const failed = `${name} failed (${signal ?? `exit code ${code}`})`;
      resolve([
        ...rows,
        { what: failed, measured: '', floor: '', ratio: '', mustReach: '', isMet: false, hasFailed: true },
      ]);
    });
  });
}

function print(rows) {
  const lines = [{ ...columns, met: '' }, ...rows.map((row) => ({ ...row, met: row.isMet ? 'met' : 'MISSED' }))];
  const keys = [...Object.keys(columns), 'met'];
  const widths = keys.map((key) => Math.max(...lines.map((line) => line[key].length)));
  const padded = (line) =>
    keys.map((key, n) => (key === 'what' ? line[key].padEnd(widths[n]) : line[key].padStart(widths[n]))).join('  ');
  console.log(lines.map((line) => padded(line).trimEnd()).join('\n'));
}

await bundle();
const rows = [];
for (const name of names) rows.push(...(await run(name)));
print(rows);
// A short run on a shared machine is too short to judge by: it fails only when a benchmark itself does.
process.exitCode = rows.every(({ isMet, hasFailed }) => (length === 'short' ? !hasFailed : isMet)) ? 0 : 1;
