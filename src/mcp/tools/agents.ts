/** The tools about agents. */
import * as z from 'zod';
import { toldHiding } from '../../domain/agent/visibility.ts';
import { toldWaits } from '../../domain/agent/wait.ts';
import { toldWaiting } from '../../domain/escalation/told.ts';
import { listed } from '../../domain/text.ts';
import { agoOf, leftOf, toldGone } from '../../domain/told.ts';
import { done } from '../../operations/answer.ts';
import { status } from '../../operations/status.ts';
import { who } from '../../operations/who.ts';
import { pathReport, shownAgent } from '../outputs.ts';
import { defineTool } from '../tool.ts';

const whoTool = defineTool({
  name: 'who',
  title: 'Who is here',
  description: 'Who is here, or on these paths.',
  toolset: 'core',
  effect: 'read',
  input: z.object({
    paths: z.array(z.string()).optional(),
    all: z.boolean().optional(),
    page: z.number().optional(),
    scope: z.enum(['repo', 'hub', 'machine']).optional(),
  }),
  unlisted: { scope: 'everywhere' },
  output: { you: z.string(), agents: z.array(shownAgent), hidden: z.number(), paths: z.array(pathReport) },
  list: ['paths', 'agents'],
  run: async ({ paths, all, scope }, { session, fromTop }) => {
    const answer = await who.run(who.input.parse({ paths: fromTop(paths ?? []), all, scope }), session);
    // Some clients show a model the structure alone, and nobody told it its name.
    return answer.status === 'done' ? done({ you: session.self.name, ...answer.value }) : answer;
  },
  tell: ({ agents, hidden, left, paths, escalations = [] }, { nowMs, self }) => {
    // Those of the paths come first, and the agents on later pages.
    if (paths !== undefined && paths.length > 0) return paths.map((report) => toldPath(report, nowMs)).join('\n');
    if (agents.length === 0 && left !== undefined) return `${toldGone(left)}: who with all.`;
    if (agents.length === 0)
      return hidden === 0 ? 'Nobody is registered yet.' : `Nobody who is listed, ${hidden} hidden.`;
    const others = hidden === 0 ? [] : [`and ${hidden} hidden`];
    const waiting = toldWaiting(escalations, nowMs);
    return [...waiting, ...agents.map((agent) => toldAgent(agent, self, nowMs)), ...others].join('\n');
  },
});

type WhoAnswer = Extract<Awaited<ReturnType<typeof who.run>>, { status: 'done' }>['value'];

function toldAgent(agent: WhoAnswer['agents'][number], self: string, nowMs: number): string {
  const held = agent.claims.flatMap(({ paths }) => paths);
  return [
    agent.name === self ? `${agent.name} (you)` : agent.name,
    agent.formerly === undefined ? '' : `was ${agent.formerly[0]}`,
    agent.startedBy === undefined ? '' : `started by ${agent.startedBy === self ? 'you' : agent.startedBy}`,
    agent.live ? agent.state : `away, seen ${agoOf(agent.lastSeen, nowMs)}`,
    agent.branch === null ? '' : `on ${agent.branch}`,
    agent.repository === null ? '' : `in ${agent.repository}`,
    held.length === 0 ? '' : `holds ${listed(held, 3)}`,
    toldWaits(agent.waitsFor ?? [])
      .map((what) => `waits for ${what}`)
      .join(', '),
    agent.activity ?? '',
  ]
    .filter(Boolean)
    .join(', ');
}

function toldPath(report: NonNullable<WhoAnswer['paths']>[number], nowMs: number): string {
  const { path, claims, waiting, changes, unreadable = [] } = report;
  const parts = [
    ...claims.map(({ agent, expires, why }) =>
      [`claimed by ${agent}`, leftOf(expires, nowMs), why ?? ''].filter(Boolean).join(', '),
    ),
    ...unreadable.map(({ id }) => `held by claim ${id}, whose record cannot be read`),
    ...waiting.map(({ agent }) => `${agent} waits`),
    ...changes.map(({ agent, branch, worktree }) =>
      worktree === undefined
        ? `commits${agent === undefined ? '' : ` by ${agent}`} on ${branch}, not merged`
        : `changed${agent === undefined ? '' : ` by ${agent}`} in ${worktree}`,
    ),
  ];
  return `${path}: ${parts.length === 0 ? 'nobody' : parts.join('; ')}`;
}

const statusTool = defineTool({
  name: 'status',
  title: 'Say what you do',
  description: 'Say what you do, who you are.',
  toolset: 'core',
  effect: 'write',
  isIdempotent: true,
  input: z.object({
    text: z.string().optional(),
    state: z.enum(['active', 'idle', 'busy', 'blocked']).optional(),
    describe: z.string().optional(),
    name: z.string().optional(),
    visibility: z.enum(['visible', 'hidden', 'ghost']).optional(),
    tags: z.array(z.string()).optional(),
  }),
  unlisted: { tags: 'everywhere' },
  output: { agent: shownAgent },
  run: ({ text, describe, ...said }, { session }) =>
    status.run(status.input.parse({ activity: text, description: describe, ...said }), session),
  tell: ({ agent }) => {
    const said = `You are ${agent.name}, ${agent.state}${agent.activity === null ? '' : `: ${agent.activity}`}.`;
    return agent.visibility === 'visible' ? said : `${said} Others see you as ${toldHiding[agent.visibility]}.`;
  },
});

export const agentTools = [whoTool, statusTool];
