/**
 * What the built programs leave compiled in a user's cache folder, made once for a run of all tests: a test's own user
 * has it from the start, as every user has after a first command, and each test's first command is no first one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from './remove-folder.ts';

/** Set by the global setup, for the workers to inherit. */
const variable = 'TEST_COMPILED';

const hello = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
const asked = [
  { id: 0, method: 'initialize', params: hello },
  { method: 'notifications/initialized' },
  { id: 1, method: 'tools/call', params: { name: 'status', arguments: { text: 'at work' } } },
];

/** Answers how it is taken away again. */
export function compile(bin: string): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'intercom-compiled-'));
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CACHE_HOME: folder };
  spawnSync('git', ['init', '--quiet', folder], { env });
  const run = (words: readonly string[], input = '') =>
    spawnSync(process.execPath, [bin, ...words], { cwd: folder, env, input });
  run(['status', 'at work']);
  run(['mcp'], asked.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join(''));
  process.env[variable] = folder;
  return () => removeFolder(folder);
}

/** Answers `cacheHome`, with that in it. By links: whoever takes his own away leaves the others'. */
export function withCompiled(cacheHome: string): string {
  const from = join(process.env[variable] ?? '', 'git-intercom');
  if (process.env[variable] === undefined || !existsSync(from)) return cacheHome;
  const to = join(cacheHome, 'git-intercom');
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(from)) if (name.startsWith('code-')) linkSync(join(from, name), join(to, name));
  return cacheHome;
}
