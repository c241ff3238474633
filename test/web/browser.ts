/** A browser that is on this machine, or that Debian has: Chromium without a window. Undefined where there is none to be had. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium-headless-shell', 'chromium', 'google-chrome', 'chromium-browser'];

export async function openBrowser(): Promise<Browser | undefined> {
  const executablePath = onPath() ?? (install() ? onPath() : undefined);
  if (executablePath === undefined) return undefined;
  // Root has no sandbox there (chromium's own words), and what is shown is ours.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args });
}

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/** The smallest of them; the lists of packages may be missing, or old. */
function install(): boolean {
  if (process.getuid?.() !== 0) return false;
  const apt = (...args: string[]) => spawnSync('apt-get', args, { stdio: 'ignore', timeout: 50_000 }).status === 0;
  const wanted = () => apt('install', '--yes', '--no-install-recommends', 'chromium-headless-shell');
  return wanted() || (apt('update') && wanted());
}
