/** Who is here, and who touches a path, as text. */

import { toldHiding } from '../../domain/agent/visibility.ts';
import { toldWaits, type Wait } from '../../domain/agent/wait.ts';
import { isResource } from '../../domain/pattern/resource.ts';
import { counted, listed } from '../../domain/text.ts';
import { toldGone } from '../../domain/told.ts';
import type { KeyShown } from '../../operations/key.ts';
import type { AgentAtWork } from '../../operations/open-work.ts';
import type { ShownAgent } from '../../operations/shown-agent.ts';
import type { PathReport } from '../../operations/who.ts';
import { aligned, alignedOrBelow } from '../columns.ts';
import type { Telling } from '../command.ts';
import { narrower } from '../terminal.ts';
import { landingLine, renderClaims, renderUnreadable } from './claims.ts';
import { ago, nameWord, pathsWord } from './words.ts';

export function renderAgents(
  agents: readonly (ShownAgent & Partial<AgentAtWork>)[],
  telling: Telling,
  hidden = 0,
  left?: number,
): string {
  const { terminal } = telling;
  if (agents.length === 0 && left !== undefined) return `${toldGone(left)}: git intercom who --all.`;
  if (agents.length === 0) {
    return hidden === 0
      ? 'Nobody is registered yet. A first claim or message registers its agent.'
      : `Nobody who is listed, ${hidden} hidden.`;
  }
  const others = hidden === 0 ? [] : [terminal.paint('dim', `and ${hidden} hidden`)];
  const rows = agents.map((agent) => [
    agent.live ? terminal.paint('green', '●') : terminal.paint('dim', '○'),
    nameWord(agent.name, telling) + personWord(agent, telling) + wasWord(agent) + startedWord(agent),
    agent.live ? agent.state : terminal.paint('dim', agent.left === null ? 'away' : 'left'),
    terminal.paint('dim', `seen ${ago(agent.lastSeen, telling)}`),
    whereabouts(agent),
    [
      held(agent, telling),
      waitsWord(agent.waitsFor ?? []),
      openWork(agent.open),
      agent.activity ?? agent.description ?? '',
    ]
      .filter((part) => part !== '')
      .join('  '),
  ]);
  return [...alignedOrBelow(rows, terminal.columns), ...others].join('\n');
}

/** Who decides what agents cannot. */
function personWord({ person, name }: ShownAgent, { self }: Telling): string {
  return person && name !== self ? ' (a person)' : '';
}

/** Whoever knew it by that name should find it. */
function wasWord({ formerly: [last] = [] }: ShownAgent): string {
  return last === undefined ? '' : ` (was ${last})`;
}

/** Whom it asks what it cannot decide, and who is asked what became of it. */
function startedWord({ startedBy }: ShownAgent): string {
  return startedBy === undefined ? '' : ` (started by ${startedBy})`;
}

/** In a hub also where its repository lies, for nobody should have to ask. */
function whereabouts({ branch, repository, worktree }: ShownAgent): string {
  const on = branch === null ? '' : `on ${branch}`;
  if (repository === null) return on;
  const at = worktree === null ? '' : ` at ${worktree}`;
  return `${on}${on === '' ? '' : ' '}in ${repository}${at}`;
}

/** One agent, with all that it says of itself. */
export function renderStatus(agent: ShownAgent, telling: Telling): string {
  const said = [
    agent.activity === null ? [] : [['doing', agent.activity]],
    agent.description === null ? [] : [['about', agent.description]],
    agent.tags.length === 0 ? [] : [['tags', agent.tags.join(', ')]],
    agent.visibility === 'visible' ? [] : [['seen by others', toldHiding[agent.visibility]]],
  ].flat();
  const rows = aligned(said, telling.terminal.columns - 2).map((line) => `  ${line}`);
  return [renderAgents([{ ...agent, activity: null, description: null }], telling), ...rows].join('\n');
}

function held(agent: ShownAgent, telling: Telling): string {
  const paths = agent.claims.filter(({ lapsed }) => !lapsed).flatMap((claim) => claim.paths);
  return paths.length === 0 ? '' : `holds ${pathsWord(paths, telling)}`;
}

function waitsWord(waits: readonly Wait[]): string {
  const parts = toldWaits(waits);
  return parts.length === 0 ? '' : `waits for ${listed(parts, 3)}`;
}

function openWork({ mail, asks }: AgentAtWork['open'] = { mail: 0, asks: 0 }): string {
  return [mail === 0 ? '' : `${mail} unread`, asks === 0 ? '' : `${counted(asks, 'ask')} to answer`]
    .filter((part) => part !== '')
    .join(', ');
}

export function renderPaths(reports: readonly PathReport[], telling: Telling): string {
  return reports.map((report) => renderPath(report, telling)).join('\n\n');
}

function renderPath(
  { path, claims, waiting, landing, changes, unreadable = [] }: PathReport,
  telling: Telling,
): string {
  const { terminal } = telling;
  const lines = [terminal.paint('bold', path)];
  if (claims.length + waiting.length > 0) lines.push(...indented(renderClaims(claims, waiting, narrower(telling))));
  for (const each of unreadable) lines.push(...indented(renderUnreadable(each, narrower(telling))));
  for (const note of landing) lines.push(`  ${landingLine(note, telling)}`);
  for (const change of changes) {
    const by = change.agent === undefined ? '' : ` by ${change.agent}`;
    lines.push(
      change.worktree === undefined
        ? `  commits${by} on ${change.branch}, not merged yet`
        : `  changed${by} in ${change.worktree}${change.branch === null ? '' : ` (${change.branch})`}`,
    );
  }
  // What is changed in another repository is seen there alone, and a port is changed by nobody.
  if (lines.length === 1)
    lines.push(
      isResource(path) ? '  nobody claims it or waits for it' : '  nobody claims it, waits for it or has changed it',
    );
  return lines.join('\n');
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`);
}

export function renderSubscriptions(
  { paths }: { readonly paths: readonly string[] },
  { terminal }: Pick<Telling, 'terminal'>,
): string {
  if (paths.length === 0) return 'You are told of nothing.';
  return ['You are told of:', ...paths.map((path) => `  ${terminal.paint('bold', path)}`)].join('\n');
}

export function renderKey({ agent, file }: KeyShown['key'], { terminal }: Telling): string {
  return `${terminal.paint('green', 'Ready')}: others can seal messages for ${agent}. ${terminal.paint('dim', `The private key is in ${file}; keep a copy.`)}`;
}
