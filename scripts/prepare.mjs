/**
 * Runs after an install in a checkout: builds, then installs this repository's own git hooks.
 *
 * Leaves quietly where there is nothing to prepare: in an unpacked package, without development packages, outside git.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

if (!existsSync('src/index.ts') || !isInstalled('esbuild') || !isInstalled('typescript')) {
  console.log('prepare: nothing to build here (sources or development packages are missing).');
} else {
  const build = run('scripts/build.mjs', '--types');
  if (build !== 0) process.exit(build);
  const wantsHooks = existsSync('.git') && !process.env.CI && isInstalled('simple-git-hooks');
  if (wantsHooks && run('node_modules/simple-git-hooks/cli.js') !== 0) {
    console.log('prepare: the git hooks of this repository were not installed; the rest works without them.');
  }
}

function isInstalled(name) {
  try {
    createRequire(import.meta.url).resolve(`${name}/package.json`);
    return true;
  } catch {
    return false;
  }
}

function run(script, ...args) {
  return spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' }).status ?? 1;
}
