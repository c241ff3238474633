/** The built command sets up stand-ins of vendors' programs in a home of its own, and takes all of it back. */
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { removeFolder } from '../remove-folder.ts';
import { root } from '../tooling/sources.ts';

let top: string;
const at = (...path: string[]) => join(top, ...path);

/** As the real ones do it: they write files of their own form, and leave a cache behind. */
const claude = `#!/bin/sh
plugins=$HOME/.claude/plugins
case "$*" in
  --version) echo '2.1.330 (Claude Code)' ;;
  'plugin marketplace add '*)
    mkdir -p $plugins/marketplaces
    printf '{"git-intercom":{"source":{"source":"directory","path":"%s"}}}' "$4" > $plugins/known_marketplaces.json
    printf '{\\n  "extraKnownMarketplaces": {},\\n  "a": 1\\n}' > $HOME/.claude/settings.json ;;
  'plugin install '*)
    mkdir -p $plugins/cache/git-intercom/intercom
    echo '{"version":2,"plugins":{"intercom@git-intercom":[]}}' > $plugins/installed_plugins.json
    printf '{\\n  "enabledPlugins": { "intercom@git-intercom": true },\\n  "a": 1\\n}' > $HOME/.claude/settings.json ;;
  'plugin uninstall '*) echo '{"version":2,"plugins":{}}' > $plugins/installed_plugins.json ;;
  'plugin marketplace remove '*) echo '{}' > $plugins/known_marketplaces.json ;;
  *) exit 9 ;;
esac
echo "$*" >> $HOME/../claude.log
`;
const codex = `#!/bin/sh
config=$HOME/.codex/config.toml
case "$*" in
  'mcp add intercom -- '*) printf '\\n[mcp_servers.intercom]\\ncommand = "%s"\\n' "$5" >> $config ;;
  'mcp remove intercom') sed -i '/mcp_servers.intercom/,$d' $config ;;
  *) exit 9 ;;
esac
`;

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'intercom-whole-')));
  mkdirSync(at('bin'));
  mkdirSync(at('repo'));
  for (const [name, text] of Object.entries({ claude, codex })) {
    writeFileSync(at('bin', name), text);
    chmodSync(at('bin', name), 0o755);
  }
  symlinkSync(join(root, 'dist/bin.cjs'), at('bin/git-intercom'));
  put('home/.gitconfig', '[user]\n\tname = Ada\n\temail = ada@example.org\n');
  put('home/.claude/settings.json', '{"a":1}');
  put('home/.codex/config.toml', 'model = "x"   # mine');
  put('home/.codex/hooks.json', '{\n\t"hooks": {\n\t\t"Stop": [] // mine\n\t}\n}\n');
  put('dotfiles/gemini.json', '{\r\n  "theme": "x"\r\n}\r\n');
  mkdirSync(at('home/.gemini'));
  symlinkSync('../../dotfiles/gemini.json', at('home/.gemini/settings.json'));
  put('home/.config/opencode/opencode.jsonc', '// mine\n{\n}\n');
  put('home/.pi/agent/settings.json', '{}');
  put('home/.copilot/mcp-config.json', '');
  put('home/.cursor/hooks.json', '\ufeff{ "version": 1, "hooks": { "stop": [ { "command": "x" } ] } }\n');
  run('git', 'init', '--quiet', '--template=');
});
afterEach(() => removeFolder(top));

function put(path: string, text: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
}

function env(): NodeJS.ProcessEnv {
  return {
    PATH: [at('bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
    HOME: at('home'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CEILING_DIRECTORIES: top,
  };
}

function run(program: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(program, words, { cwd: at('repo'), env: env(), encoding: 'utf8' });
  return { status, stdout, stderr };
}

function intercom(...words: string[]) {
  const { status, stdout, stderr } = run(join(root, 'dist/bin.cjs'), ...words, '--json');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

/** Every path with its mode, bytes or target; the branch's objects and the log of the stand-in left out. */
/** Without what git has of its own, and without bytes in flight: whoever reads ten seconds later looks at them. */
function shot(): Record<string, string> {
  const paths = readdirSync(top, { recursive: true, encoding: 'utf8' });
  const seen = paths.filter((path) => !/objects|refs\/heads|claude\.log$|inflight\//.test(path)).sort();
  return Object.fromEntries(
    seen.map((path) => {
      const stat = lstatSync(at(path));
      return [path, `${stat.mode.toString(8)} ${stat.isFile() ? readFileSync(at(path), 'latin1') : ''}`];
    }),
  );
}

test('init sets up all that is there, twice is once, doctor is content, and remove leaves no trace', () => {
  const before = shot();
  expect(intercom('init', '--yes', '--dry-run').diff).toContain('+++ ');
  expect(shot()).toEqual(before);

  const first = intercom('init', '--yes');
  expect(first.refused).toEqual([]);
  const names = ['claude-code', 'codex', 'opencode', 'pi', 'gemini', 'copilot', 'cursor'];
  expect(first.harnesses.map(({ name }: { name: string }) => name)).toEqual(names);
  expect(first.changed).toEqual(expect.arrayContaining([at('home/.codex/config.toml'), at('home/.cursor/hooks.json')]));
  expect(readFileSync(at('home/.claude/settings.json'), 'utf8')).toContain('mcp__plugin_intercom_intercom__*');
  expect(readFileSync(at('home/.codex/hooks.json'), 'utf8')).toContain('// mine');
  expect(existsSync(at('repo/.claude'))).toBe(false);

  const after = shot();
  const log = readFileSync(at('claude.log'), 'utf8');
  expect(intercom('init', '--yes')).toMatchObject({ changed: [], harnesses: [], commands: [] });
  expect(shot()).toEqual(after);
  expect(readFileSync(at('claude.log'), 'utf8')).toBe(`${log}--version\n`);
  expect(intercom('doctor').findings.filter(({ level }: { level: string }) => level !== 'info')).toEqual([]);

  expect(intercom('remove').refused).toEqual([]);
  expect(shot()).toEqual(before);
  expect(run('git', 'status', '--short').stdout).toBe('');
  expect(run('git', 'branch', '--list', 'intercom').stdout).toContain('intercom');
});

test('a policy file that the team has, or that somebody changed, stays', () => {
  intercom('init', '--harness', 'none');
  run('git', 'add', '.intercom');
  expect(intercom('remove').changed).not.toContain('.intercom/config.yaml');
  expect(existsSync(at('repo/.intercom/config.yaml'))).toBe(true);
});

test('doctor says what was taken out, switched off, or has moved', () => {
  intercom('init', '--yes');
  writeFileSync(at('home/.claude/settings.json'), '{"enabledPlugins":{"intercom@git-intercom":false}}');
  writeFileSync(at('home/.claude/plugins/known_marketplaces.json'), '{}');
  rmSync(at('home/.copilot/hooks/intercom.json'));
  const launcher = at('home/.local/share/git-intercom/launch');
  writeFileSync(launcher, readFileSync(launcher, 'utf8').replace(/^program=.*$/m, "program='/gone/bin.cjs'"));
  const { stdout, status } = run(join(root, 'dist/bin.cjs'), 'doctor', '--json');
  const said = JSON.parse(stdout).findings.map(({ what }: { what: string }) => what);
  expect(status).toBe(1);
  expect(said).toEqual(
    expect.arrayContaining([
      expect.stringContaining('switched off in Claude Code'),
      expect.stringContaining('marketplace add'),
      expect.stringContaining('.copilot/hooks/intercom.json'),
      expect.stringContaining('/gone/bin.cjs, which is gone'),
    ]),
  );
});

test('doctor says only by the way that another version did the set-up', () => {
  const other = at('other-copy');
  cpSync(join(root, 'dist'), join(other, 'dist'), { recursive: true });
  cpSync(join(root, 'hooks'), join(other, 'hooks'), { recursive: true });
  intercom('init', '--harness', 'gemini', '--yes');
  const { status, stdout } = run(join(other, 'dist/bin.cjs'), 'doctor', '--json');
  expect(JSON.parse(stdout).findings).toEqual([
    { level: 'info', what: expect.stringContaining('another version or copy'), next: expect.any(String) },
  ]);
  expect(status).toBe(0);
});

test('set-ups at the same moment wait for each other, and remove still finds how everything was', async () => {
  const before = readFileSync(at('dotfiles/gemini.json'), 'utf8');
  const repositories = [1, 2, 3, 4].map((n) => at(`at-once-${n}`));
  for (const repository of repositories) run('git', 'init', '--quiet', '--template=', repository);
  const words = ['init', '--harness', 'gemini,cursor', '--yes', '--json', '-C'];
  const ended = repositories.map(
    (repository) =>
      new Promise<number | null>((resolve) => {
        spawn(join(root, 'dist/bin.cjs'), [...words, repository], { env: env(), stdio: 'ignore' }).on('exit', resolve);
      }),
  );
  expect(await Promise.all(ended)).toEqual([0, 0, 0, 0]);
  const journal = JSON.parse(readFileSync(at('home/.local/share/git-intercom/setup.json'), 'utf8'));
  expect(journal.repositories).toHaveLength(4);
  intercom('remove');
  expect(readFileSync(at('dotfiles/gemini.json'), 'utf8')).toBe(before);
});

test('a home that cannot be written is no hindrance to opening the branch, and one to connecting', () => {
  rmSync(at('home'), { recursive: true });
  writeFileSync(at('home'), 'no folder');
  const opened = run(join(root, 'dist/bin.cjs'), 'init', '--harness', 'none', '--json');
  expect(JSON.parse(opened.stdout)).toMatchObject({ branch: 'intercom', harnesses: [] });
  const connected = run(join(root, 'dist/bin.cjs'), 'init', '--harness', 'gemini', '--yes', '--json');
  expect(JSON.parse(connected.stdout).error).toMatchObject({ code: 'read-only' });
  expect(connected.status).toBe(3);
});

test('a vendor whose program is missing is told, and the others are set up', () => {
  rmSync(at('bin/codex'));
  const { refused, harnesses } = intercom('init', '--harness', 'codex,gemini', '--yes');
  expect(refused[0].what).toContain('codex is not on the PATH');
  const skill = at('home/.agents/skills/intercom/SKILL.md');
  expect(harnesses).toEqual([{ name: 'gemini', changed: [skill, at('home/.gemini/settings.json')] }]);
});

describe('where the program is gone the launcher stops nothing', () => {
  const launcher = () => at('home/.local/share/git-intercom/launch');
  beforeEach(() => {
    intercom('init', '--harness', 'gemini', '--yes');
    expect(run(launcher(), '--version').stdout).not.toBe('');
    writeFileSync(launcher(), readFileSync(launcher(), 'utf8').replace(/^program=.*$/m, 'program=/gone'));
  });

  test.each([
    ['claude-code', 'PreToolUse', 'systemMessage'],
    ['codex', 'PreToolUse', 'systemMessage'],
    ['gemini', 'BeforeTool', 'systemMessage'],
    ['opencode', 'tool.execute.before', 'failure'],
    ['pi', 'tool_call', 'failure'],
  ])('and says so before a tool, as %s hears it', (harness, event, key) => {
    const { status, stdout, stderr } = run(launcher(), 'hook', harness, event);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ [key]: expect.stringContaining('is gone, and nothing is guarded') });
  });

  test.each([
    ['hook', 'copilot', 'preToolUse'],
    ['hook', 'cursor', 'beforeShellExecution'],
    ['hook', 'git', 'pre-commit'],
    ['hook', 'git', 'pre-push'],
    ['mcp'],
  ])('and says so on stderr: %s %s %s', (...words) => {
    const { status, stdout, stderr } = run(launcher(), ...words);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toMatch(/^intercom: .* is gone, and nothing is guarded\. .*init.*\n$/);
  });

  test('and is silent in between', () => {
    for (const words of [
      ['gemini', 'AfterTool'],
      ['claude-code', 'Stop'],
      ['git', 'post-commit'],
    ])
      expect(run(launcher(), 'hook', ...words)).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

test('what a person keeps in another repository stays their own: remove leaves their uid', () => {
  intercom('init', '--harness', 'none');
  mkdirSync(at('other'));
  run('git', 'init', '--quiet', '--template=', at('other'));
  intercom('init', '--harness', 'none', '-C', at('other'));
  intercom('remove');
  expect(existsSync(at('home/.local/share/git-intercom/person'))).toBe(true);
  intercom('remove', '-C', at('other'));
  expect(existsSync(at('home/.local'))).toBe(false);
});

test('keys stay, for what was sealed for them needs them, and remove says where', () => {
  intercom('init', '--harness', 'none');
  intercom('key', '--agent', 'bold-fox');
  const folder = at('home/.local/share/git-intercom/keys');
  expect(readdirSync(folder)).toHaveLength(1);
  const { notes } = intercom('remove');
  expect(notes).toEqual([expect.stringContaining(`Your keys stay in ${folder}`)]);
  expect(readdirSync(folder)).toHaveLength(1);
  rmSync(folder, { recursive: true });
  expect(intercom('remove').notes).toEqual([]);
});
