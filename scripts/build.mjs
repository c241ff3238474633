/**
 * Builds dist/: the command (bin.cjs, which loads main.cjs or serve.cjs only when it must), the library (index.js), the licences of
 * what is bundled, and with --types the declarations. Files are renamed into place whole, so that a command which runs
 * meanwhile never reads half of one.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  charset: 'utf8',
  define: { __VERSION__: JSON.stringify(version) },
  legalComments: 'eof',
  logLevel: 'warning',
  metafile: true,
  write: false,
};

async function buildBundles() {
  // Names stay readable: they stand in the stack trace of a bug report.
  const program = { ...shared, format: 'cjs', minifySyntax: true, minifyWhitespace: true };
  const [bin, main, serve, index] = await Promise.all([
    build({
      ...shared,
      entryPoints: ['src/bin.ts'],
      outfile: 'dist/bin.cjs',
      format: 'cjs',
      minify: true,
      external: ['./main.cjs', './serve.cjs'],
      banner: { js: '#!/usr/bin/env node' },
    }),
    build({ ...program, entryPoints: ['src/main.ts'], outfile: 'dist/main.cjs', external: ['./serve.cjs'] }),
    build({ ...program, entryPoints: ['src/serve.ts'], outfile: 'dist/serve.cjs', ignoreAnnotations: true }),
    build({ ...shared, entryPoints: ['src/index.ts'], outfile: 'dist/index.js', format: 'esm', packages: 'external' }),
  ]);
  for (const file of [bin, main, serve, index].flatMap((bundle) => bundle.outputFiles)) put(file.path, file.contents);
  chmodSync('dist/bin.cjs', 0o755);
  put('dist/licenses.txt', licencesOf([bin, main, serve].flatMap((bundle) => Object.keys(bundle.metafile.inputs))));
}

function put(path, contents) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.${process.pid}`, contents, { mode: path.endsWith('bin.cjs') ? 0o755 : 0o644 });
  renameSync(`${path}.${process.pid}`, path);
}

/** The licence text of each npm package among the bundled files: the MIT licence asks for it in every copy. */
function licencesOf(inputs) {
  const folders = inputs.map((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]);
  const texts = [...new Set(folders)].filter(Boolean).sort().map(licenceOf);
  return `Packages bundled in main.cjs and serve.cjs, each under its own licence.\n\n${texts.join('\n\n')}`;
}

function licenceOf(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${manifest.license}`;
  return `== ${manifest.name} ${manifest.version} (${manifest.license})\n\n${text}\n`;
}

function buildTypes() {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  const fresh = `dist/types.${process.pid}`;
  const run = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.types.json', '--outDir', fresh], { stdio: 'inherit' });
  if (run.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    process.exit(1);
  }
  // tsc rewrites the endings of imports in JavaScript only, not in declarations.
  for (const name of readdirSync(fresh, { recursive: true }).filter((path) => path.endsWith('.d.ts'))) {
    const text = readFileSync(join(fresh, name), 'utf8');
    writeFileSync(join(fresh, name), text.replace(/((?:from|import\(?)\s*['"]\.[^'"]*)\.ts(?=['"])/g, '$1.js'));
  }
  rmSync('dist/types', { recursive: true, force: true });
  renameSync(fresh, 'dist/types');
}

await buildBundles().catch((error) => {
  if (error.errors === undefined) throw error;
  process.exit(1); // esbuild has printed what is wrong.
});
if (process.argv.includes('--types')) buildTypes();
