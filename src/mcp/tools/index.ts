/** The list of tools, and the only one: the core first, in the order in which an agent needs them. */
import type { Tool, Toolset } from '../tool.ts';
import { agentTools } from './agents.ts';
import { claimTools, fullClaimTools } from './claims.ts';
import { escalationTools } from './escalations.ts';
import { messageTools } from './messages.ts';
import { lookUpTools } from './read.ts';
import { roomTool } from './rooms.ts';
import { specTools } from './specs.ts';

const all: readonly Tool[] = [
  ...claimTools,
  ...messageTools,
  ...agentTools,
  ...lookUpTools,
  ...fullClaimTools,
  ...escalationTools,
  ...specTools,
  roomTool,
];

export interface Choice {
  readonly toolset: Toolset;
  readonly isReadOnly: boolean;
}

export function chosenTools({ toolset, isReadOnly }: Choice): readonly Tool[] {
  return all.filter(
    (tool) => (toolset === 'full' || tool.toolset === 'core') && !(isReadOnly && tool.effect === 'write'),
  );
}
