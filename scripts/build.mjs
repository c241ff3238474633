/**
 * Builds dist/: the command (bin.cjs, which loads git-hook.cjs, main.cjs or serve.cjs only when it must; age.cjs with what is sealed, web.cjs and web/ for the page), the library (index.js), the
 * plugins of harnesses (plugins/), the licences of what is bundled, and with --types the declarations. Files are renamed into place whole, so that a command which runs
 * meanwhile never reads half of one.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { version, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

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

/** Sealing, and the rules that know secrets, are files of their own, loaded at need: most commands never need them. */
const parts = { './age.ts': './age.cjs', './secrets/find.ts': './secrets.cjs' };
const partsApart = {
  name: 'parts-apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\./ }, ({ path }) => (path in parts ? { path: parts[path], external: true } : undefined)),
};

// Names stay readable and lines short: node prints both in the report of a crash.
const program = { ...shared, format: 'cjs', minifySyntax: true, minifyWhitespace: true, lineLimit: 200 };

/** For harnesses that have plugins instead of hooks, or besides: the source, and the file that is installed. */
const plugins = {
  'opencode.ts': 'opencode/intercom.js',
  'pi.ts': 'pi/intercom.ts',
  'copilot.ts': 'copilot/extension.mjs',
};

async function buildBundles() {
  const bundles = await Promise.all([
    build({
      ...shared,
      entryPoints: ['src/bin.ts'],
      outfile: 'dist/bin.cjs',
      format: 'cjs',
      minify: true,
      external: ['./git-hook.cjs', './hook.cjs'],
      banner: { js: '#!/usr/bin/env node' },
    }),
    build({
      ...shared,
      entryPoints: ['src/quick/git-hook.ts'],
      outfile: 'dist/git-hook.cjs',
      format: 'cjs',
      minify: true,
    }),
    build({
      ...shared,
      entryPoints: ['src/guard/program.ts'],
      outfile: 'dist/hook.cjs',
      format: 'cjs',
      minify: true,
    }),
    build({
      ...shared,
      entryPoints: ['src/guard/quick-program.ts'],
      outfile: 'dist/quick-hook.cjs',
      format: 'cjs',
      minify: true,
    }),
    build({
      ...program,
      entryPoints: ['src/main.ts'],
      outfile: 'dist/main.cjs',
      external: ['./serve.cjs', './setup.cjs', './web.cjs'],
      plugins: [partsApart],
      // By require: the loader of ES modules would be started for it.
      supported: { 'dynamic-import': false },
    }),
    build({ ...program, entryPoints: ['src/sealing/age.ts'], outfile: 'dist/age.cjs' }),
    build({ ...program, entryPoints: ['src/secrets/find.ts'], outfile: 'dist/secrets.cjs' }),
    // Its ES modules: the other form of jsonc-parser cannot be bundled.
    build({
      ...program,
      entryPoints: ['src/machine/setup.ts'],
      outfile: 'dist/setup.cjs',
      mainFields: ['module', 'main'],
    }),
    build({ ...program, entryPoints: ['src/web/program.ts'], outfile: 'dist/web.cjs' }),
    buildPage(),
    buildServer(),
    ...Object.entries(plugins).map(([source, file]) => buildPlugin(`src/plugins/${source}`, `dist/plugins/${file}`)),
    // What is not a dependency of the package comes along: shell-quote, small.
    build({
      ...shared,
      entryPoints: ['src/index.ts'],
      outfile: 'dist/index.js',
      format: 'esm',
      external: Object.keys(dependencies),
      plugins: [partsApart],
    }),
  ]);
  const files = bundles.flatMap((bundle) => bundle.outputFiles);
  for (const { path, text } of files) put(path, path.endsWith('.cjs') ? inLatin1(text) : text);
  removeOldChunks(files);
  chmodSync('dist/bin.cjs', 0o755);
  put('dist/licenses.txt', licencesOf(bundles.flatMap((bundle) => Object.keys(bundle.metafile.inputs))));
}

/**
 * One file, as its harness loads it where `git intercom init` puts it: a person who finds it there can read it, and sees
 * first what it is.
 */
function buildPlugin(source, outfile) {
  const [head] = /^\/\*\*.*?\*\/\n/s.exec(readFileSync(source, 'utf8'));
  return build({
    ...shared,
    entryPoints: [source],
    outfile,
    format: 'esm',
    // Copilot itself answers for it.
    external: ['@github/copilot-sdk/extension'],
    banner: { js: head },
  });
}

/** What the browser is given: a script without names that nobody reads there, and the rest as it is. */
function buildPage() {
  return build({
    ...shared,
    platform: 'browser',
    target: 'es2022',
    entryPoints: ['src/web/page/page.ts', 'src/web/page/page.html', 'src/web/page/page.css', 'src/web/page/icon.svg'],
    loader: { '.html': 'copy', '.svg': 'copy' },
    outdir: 'dist/web',
    format: 'iife',
    minify: true,
  });
}

/**
 * The server answers its client before it opens a repository: what `import()` brings is in files of its own. esbuild
 * splits ES modules only, so they are made CommonJS in a second step. Chunks of an earlier build are taken away last.
 */
async function buildServer() {
  const bundle = await build({
    ...program,
    entryPoints: ['src/serving/serve.ts'],
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    outExtension: { '.js': '.cjs' },
    chunkNames: 'serve-[hash]',
    // Checks what a client answers to an elicitation, which is never asked: 190 kB that would be read at each start.
    alias: { ajv: './scripts/no-ajv.cjs', 'ajv-formats': './scripts/no-ajv.cjs' },
    plugins: [partsApart],
  });
  const { target, charset, minifyWhitespace, lineLimit } = program;
  const second = {
    ...{ format: 'cjs', platform: 'node', target, charset, minifyWhitespace, lineLimit },
    supported: { 'dynamic-import': false },
  };
  const outputFiles = await Promise.all(
    bundle.outputFiles.map(async ({ path, text }) => ({
      path,
      text: (await transform(text, second)).code,
    })),
  );
  return { ...bundle, outputFiles };
}

/** V8 keeps the text of a program, and one character beyond Latin-1 makes it take two bytes for each: 1.1 MB in all. */
function inLatin1(code) {
  return code.replace(/[\u0100-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function removeOldChunks(files) {
  const names = new Set(files.map(({ path }) => basename(path)));
  for (const name of readdirSync('dist')) {
    if (/^serve-.*\.cjs$/.test(name) && !names.has(name)) rmSync(join('dist', name));
  }
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
  return `Packages bundled in main.cjs, serve.cjs, setup.cjs, web.cjs, age.cjs, secrets.cjs and index.js, each under its own licence.\n\n${texts.join('\n\n')}`;
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
