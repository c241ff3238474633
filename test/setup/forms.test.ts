/** The files of harnesses as people write them: the built command puts itself in, and takes exactly that out again. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { removeFolder } from '../remove-folder.ts';
import { root } from '../tooling/sources.ts';

/** Each with something of the person's own beside what we put there. */
const files: Readonly<Record<string, object>> = {
  '.codex/hooks.json': { hooks: { Stop: [{ hooks: [{ type: 'command', command: 'true' }] }], PreToolUse: [] } },
  '.config/opencode/opencode.json': { theme: 'dark', mcp: { other: { type: 'local', command: ['other'] } } },
  '.gemini/settings.json': {
    hooks: { BeforeTool: [{ hooks: [{ type: 'command', command: 'true' }] }] },
    mcpServers: {},
  },
  '.copilot/mcp-config.json': { mcpServers: { other: { type: 'local', command: 'other', args: [], tools: ['*'] } } },
  '.cursor/hooks.json': { version: 1, hooks: { stop: [{ command: 'true' }] } },
  '.cursor/mcp.json': { mcpServers: {} },
  '.pi/agent/settings.json': { theme: 'dark' },
};

const pretty = (value: object) => JSON.stringify(value, null, 2);
const forms: Readonly<Record<string, (value: object) => string>> = {
  'with two blanks and a line feed at the end': (value) => `${pretty(value)}\n`,
  'without a line feed at the end': pretty,
  'with tabs': (value) => `${JSON.stringify(value, null, '\t')}\n`,
  'with four blanks and carriage returns': (value) => `${JSON.stringify(value, null, 4)}\n`.replaceAll('\n', '\r\n'),
  'in one line': (value) => JSON.stringify(value),
  'with remarks': (value) => `// mine\n${pretty(value).replaceAll('\n', ' // so\n')}\n/* the end */\n`,
  'with a comma behind the last one': (value) => `${pretty(value).replace(/([^,{[\s])\n(\s*[}\]])/g, '$1,\n$2')}\n`,
  'with a mark of the byte order': (value) => `\ufeff${pretty(value)}\n`,
  'with nothing in it': () => '{}\n',
  'and empty': () => '',
};

class Home {
  readonly dir = realpathSync(mkdtempSync(join(tmpdir(), 'intercom-forms-')));

  constructor(form: (value: object) => string) {
    onTestFinished(() => removeFolder(this.dir));
    for (const [path, value] of Object.entries(files)) this.put(path, form(value));
    this.put(
      'bin/codex',
      '#!/bin/sh\n[ "$2" = remove ] || echo "[mcp_servers.intercom] $5" >> "$HOME/.codex/config.toml"\n',
    );
    spawnSync('chmod', ['+x', join(this.dir, 'bin/codex')]);
    mkdirSync(join(this.dir, 'repo'));
    spawnSync('git', ['init', '--quiet', '--template=', join(this.dir, 'repo')]);
  }

  put(path: string, text: string): void {
    mkdirSync(dirname(join(this.dir, path)), { recursive: true });
    writeFileSync(join(this.dir, path), text);
  }

  intercom(...words: string[]): void {
    const PATH = [join(this.dir, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter);
    const env = { PATH, HOME: this.dir, GIT_CONFIG_NOSYSTEM: '1' };
    const command = [join(root, 'dist/bin.cjs'), ...words, '-C', join(this.dir, 'repo'), '--json'];
    const { stdout } = spawnSync(process.execPath, command, { env, encoding: 'utf8' });
    expect(JSON.parse(stdout)).toMatchObject({ refused: [] });
  }

  /** All files, by their path; those of the repository left out. */
  all(): Record<string, string> {
    const paths = (readdirSync(this.dir, { recursive: true }) as string[]).filter((path) => !path.startsWith('repo'));
    const texts = paths
      .filter((path) => statSync(join(this.dir, path)).isFile())
      .map((path) => [path, this.read(path)]);
    return Object.fromEntries(texts);
  }

  read(path: string): string {
    return readFileSync(join(this.dir, path), 'latin1');
  }
}

test.each(Object.keys(forms))('files %s come back byte for byte', (name) => {
  const home = new Home(forms[name] as (value: object) => string);
  const before = home.all();
  home.intercom('init', '--yes');
  const unchanged = Object.keys(files).filter((path) => home.read(path) === before[path]);
  expect(unchanged).toEqual(['.pi/agent/settings.json']);
  home.intercom('remove');
  expect(home.all()).toEqual(before);
});

/** A member of the person's own, put in front of all others. */
const edited = (text: string) => text.replace('{', '{ "mine": [1, 2],');

test.each(Object.keys(forms).slice(0, 8))(
  'files %s that were edited since lose what is ours, and nothing else',
  (name) => {
    const home = new Home(forms[name] as (value: object) => string);
    const before = home.all();
    home.intercom('init', '--yes');
    for (const path of Object.keys(files)) {
      const text = readFileSync(join(home.dir, path), 'utf8');
      home.put(path, edited(text));
    }
    home.intercom('remove');
    const expected = Object.entries(before).map(([path, text]) => [path, path in files ? edited(text) : text]);
    expect(home.all()).toEqual(Object.fromEntries(expected));
  },
);
