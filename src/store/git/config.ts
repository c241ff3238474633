/** Reading the few keys of git's configuration that say what a repository is (git-config(1), "Syntax"). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { homeFolder } from '../local/home.ts';

/** Keys as `section.key` or `section.subsection.key`; section and key in lower case. The last value of a key counts. */
export type GitConfig = ReadonlyMap<string, string>;

/** The repository's own, and of one work tree where `extensions.worktreeConfig` says so (git-worktree(1)). */
export function readConfig(commonDir: string, gitDir: string): GitConfig {
  const shared = parseConfig(readText(join(commonDir, 'config')));
  if (!hasWorktreeConfig(shared)) return shared;
  return new Map([...shared, ...parseConfig(readText(join(gitDir, 'config.worktree')))]);
}

/** The person's files in the order in which git reads them, the last counts (git-config(1), FILES); the text of those that are there. */
export function ownConfigTexts(env: NodeJS.ProcessEnv): string[] {
  const home = env.HOME ?? homeFolder(env);
  const files = env.GIT_CONFIG_GLOBAL
    ? [env.GIT_CONFIG_GLOBAL]
    : [join(env.XDG_CONFIG_HOME || join(home, '.config'), 'git', 'config'), join(home, '.gitconfig')];
  return files.map(readText).filter((text) => text !== '');
}

export function hasWorktreeConfig(config: GitConfig): boolean {
  return isTrue(config.get('extensions.worktreeconfig'));
}

/** Total: a line that is none is passed over. `include` is not followed, as git does not for a repository's format. */
export function parseConfig(text: string): GitConfig {
  const values = new Map<string, string>();
  let section = '';
  for (const line of text
    .replace(/^\ufeff/, '')
    .replace(/\\\r?\n/g, '')
    .split(/\r?\n/)) {
    const header = /^\s*\[([A-Za-z0-9.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\]\s*(.*)$/.exec(line);
    if (header !== null) {
      const [, name = '', subsection] = header;
      section =
        subsection === undefined ? name.toLowerCase() : `${name.toLowerCase()}.${subsection.replace(/\\(.)/g, '$1')}`;
    }
    const entry = /^\s*([A-Za-z][A-Za-z0-9-]*)\s*(?:=\s*(.*))?$/.exec(header?.[3] ?? line);
    if (entry === null || section === '') continue;
    const [, key = '', value] = entry;
    values.set(`${section}.${key.toLowerCase()}`, value === undefined ? 'true' : parseValue(value));
  }
  return values;
}

/** Quotes go, escapes become what they mean, a comment outside of quotes ends the value. */
function parseValue(raw: string): string {
  let value = '';
  let isQuoted = false;
  for (let n = 0; n < raw.length; n++) {
    const char = raw[n] as string;
    if (char === '"') isQuoted = !isQuoted;
    else if (char === '\\') value += escapes[raw[++n] ?? ''] ?? raw[n] ?? '';
    else if (!isQuoted && (char === '#' || char === ';')) break;
    else value += char;
  }
  return isQuoted ? value : value.trimEnd();
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b' };

/** git_parse_maybe_bool: yes, on, true and numbers but 0. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && (/^(?:true|yes|on)$/i.test(value) || (/^-?\d+$/.test(value) && Number(value) !== 0));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
