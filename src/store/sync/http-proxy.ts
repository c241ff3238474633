/** Where a proxy is set that git would go through. Without git nothing does, and nobody finds out otherwise why. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type GitConfig, parseConfig } from '../git/config.ts';
import type { Repository } from '../git/locate.ts';

/** As words of a sentence; undefined where none is set. */
export function whereProxyIsSet(
  url: string,
  env: NodeJS.ProcessEnv,
  { config }: Pick<Repository, 'config'>,
): string | undefined {
  const scheme = url.startsWith('https:') ? 'https' : 'http';
  const names = [`${scheme}_proxy`, `${scheme.toUpperCase()}_PROXY`, 'all_proxy', 'ALL_PROXY'];
  if (names.some((name) => (env[name] ?? '') !== '')) return 'the environment';
  return [config, ...ownConfigs(env)].some(hasProxy) ? 'the configuration of git' : undefined;
}

/** `http.proxy`, that of one URL (`http.<url>.proxy`), and that of one remote. */
function hasProxy(config: GitConfig): boolean {
  return [...config].some(([key, value]) => /^(?:http|remote)\.(?:.+\.)?proxy$/.test(key) && value !== '');
}

/** The person's, as git finds it (git-config(1), FILES); what it includes is not followed. */
function ownConfigs(env: NodeJS.ProcessEnv): GitConfig[] {
  const home = env.HOME ?? homedir();
  const files = env.GIT_CONFIG_GLOBAL
    ? [env.GIT_CONFIG_GLOBAL]
    : [join(env.XDG_CONFIG_HOME || join(home, '.config'), 'git', 'config'), join(home, '.gitconfig')];
  return files.map((file) => parseConfig(textOf(file)));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
