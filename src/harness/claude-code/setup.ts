/**
 * Claude Code: a plugin in a marketplace of our own, which lies in our data folder and is read in place. Nothing goes into
 * a project's settings: other harnesses read those as well, and break on what only Claude Code knows.
 */
import { join } from 'node:path';
import type { CommandStep, Step } from '../../setup/step.ts';
import { filled, hookLine } from '../launcher.ts';
import type { HarnessSetup, Machine } from '../machine.ts';
import { olderClaudeCode } from './index.ts';

const marketplace = 'git-intercom';
const plugin = `intercom@${marketplace}`;
/**
 * The first whose hooks, tools and commands can be one agent by the session's name. Before 2.1.118 no hook can call a running
 * server, and from then on a server learns the name from hooks alone, while commands hear it from 2.1.132 on.
 */
const firstThatNamesSessions = [2, 1, 132] as const;

export const claudeCodeSetup: HarnessSetup = {
  name: 'claude-code',
  title: 'Claude Code',
  binary: 'claude',
  folder,
  needsBinary: true,
  asksVersion: true,
  steps,
};

function folder({ env, home }: Machine): string {
  return env.CLAUDE_CONFIG_DIR || join(home, '.claude');
}

/** Where a person who switched the plugin off has written so. */
export function isSwitchedOff(settings: unknown): boolean {
  const enabled = (settings as { enabledPlugins?: Record<string, unknown> } | undefined)?.enabledPlugins;
  return enabled?.[plugin] === false;
}

export function claudeSettings(machine: Machine): string {
  return join(folder(machine), 'settings.json');
}

function steps(machine: Machine): Step[] {
  const source = join(machine.dataFolder, 'claude');
  const files = Object.keys(machine.shipped).filter((path) => path.startsWith('claude/'));
  const settings = claudeSettings(machine);
  return [
    ...files.map(
      (path): Step => ({
        kind: 'file',
        file: join(machine.dataFolder, path),
        text: path.endsWith('/hooks.json') ? hooksFor(machine, filled(machine, path)) : filled(machine, path),
        isPrivate: true,
      }),
    ),
    ...commands(machine, source, settings),
    ...(machine.mayCallTools
      ? [
          {
            kind: 'json' as const,
            file: settings,
            marks: ['mcp__plugin_intercom_intercom__'],
            edits: [
              {
                path: ['permissions', 'allow'],
                value: 'mcp__plugin_intercom_intercom__*',
                how: 'element' as const,
              },
            ],
          },
        ]
      : []),
    { kind: 'say', text: 'Sessions of Claude Code that are open get it after /reload-plugins or a restart.' },
  ];
}

function commands(machine: Machine, source: string, settings: string): CommandStep[] {
  const plugins = join(folder(machine), 'plugins');
  const known = join(plugins, 'known_marketplaces.json');
  const installed = join(plugins, 'installed_plugins.json');
  const common = {
    kind: 'command' as const,
    touches: [settings, known, installed],
    leaves: [join(plugins, 'cache', marketplace)],
    makes: [plugins, join(plugins, 'cache'), join(plugins, 'marketplaces')],
  };
  return [
    {
      ...common,
      command: ['claude', 'plugin', 'marketplace', 'add', source],
      undo: ['claude', 'plugin', 'marketplace', 'remove', marketplace],
      doneWhen: [{ file: known, path: [marketplace, 'source', 'path'], equals: source }],
    },
    {
      ...common,
      command: ['claude', 'plugin', 'install', plugin, '--scope', 'user'],
      undo: ['claude', 'plugin', 'uninstall', plugin, '--scope', 'user'],
      doneWhen: [{ file: installed, path: ['plugins', plugin] }],
    },
  ];
}

/** The oldest that was seen to run hooks in the background; one that does not know them would wait for ours. */
const firstWithBackgroundHooks = [2, 1, 117] as const;

/** For an older version each hook that calls the server starts the command instead. */
function hooksFor(machine: Machine, text: string): string {
  const version = machine.versions['claude-code'];
  if (!isOlder(version, firstThatNamesSessions)) return text;
  const mayWait = !isOlder(version, firstWithBackgroundHooks);
  const { hooks, ...rest } = JSON.parse(text) as {
    hooks: Record<string, { hooks: { type: string; asyncRewake?: true }[] }[]>;
  };
  const twins = Object.entries(hooks).map(([event, groups]) => {
    const twin = { type: 'command', command: hookLine(machine, olderClaudeCode.name, event), timeout: 5 };
    const replaced = groups.map((group) => ({
      ...group,
      hooks: group.hooks.flatMap((hook) => (!hook.asyncRewake ? [twin] : mayWait ? [hook] : [])),
    }));
    return [event, replaced];
  });
  return `${JSON.stringify({ ...rest, hooks: Object.fromEntries(twins) }, null, 2)}\n`;
}

function isOlder(version: string | undefined, first: readonly number[]): boolean {
  const numbers = /(\d+)\.(\d+)\.(\d+)/
    .exec(version ?? '')
    ?.slice(1)
    .map(Number);
  if (numbers === undefined) return false;
  const place = numbers.findIndex((number, n) => number !== first[n]);
  return place >= 0 && (numbers[place] as number) < (first[place] as number);
}
