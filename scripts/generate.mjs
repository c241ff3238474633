/**
 * Writes what is made from the sources: schema/, the manual page, and the parts of schema/README.md and README.md
 * between markers. With --check it writes nothing and ends with 1, naming what is stale. --root DIR is for its tests.
 *
 * The work is done by scripts/generate/index.ts, bundled first: Node 20 cannot run TypeScript.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({ options: { check: { type: 'boolean' }, root: { type: 'string' } } });
const sources = fileURLToPath(new URL('..', import.meta.url));
const root = resolve(values.root ?? sources);

function readOrUndefined(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}

/** A schema of a kind that is no more. */
function leftOver(outputs) {
  if (!existsSync(join(root, 'schema'))) return [];
  const names = readdirSync(join(root, 'schema')).filter((name) => name.endsWith('.schema.json'));
  return names.map((name) => `schema/${name}`).filter((path) => !outputs.has(path));
}

const folder = mkdtempSync(join(tmpdir(), 'git-intercom-generate-'));
try {
  const outfile = join(folder, 'generate.cjs');
  const entryPoints = [join(sources, 'scripts/generate/index.ts')];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'warning' });
  const { generate } = await import(pathToFileURL(outfile));
  const { version } = JSON.parse(readFileSync(join(sources, 'package.json'), 'utf8'));
  const outputs = await generate({ read: readOrUndefined, version });
  const stale = [...outputs].filter(([path, text]) => readOrUndefined(path) !== text);
  const obsolete = leftOver(outputs);
  if (values.check) {
    for (const path of [...stale.map(([path]) => path), ...obsolete]) console.log(`${path} is stale.`);
    if (stale.length + obsolete.length > 0) console.log('Run npm run generate.');
    process.exitCode = stale.length + obsolete.length > 0 ? 1 : 0;
  } else {
    for (const path of obsolete) rmSync(join(root, path));
    for (const [path, text] of stale) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
      console.log(`wrote ${path}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
