/** The table of words: every command, and the only list. */
import type { Row } from '../command.ts';
import { agentCommands } from './agents.ts';
import { askCommands } from './asks.ts';
import { claimCommands } from './claims.ts';
import { completionCommand } from './completion.ts';
import { escalationCommands } from './escalations.ts';
import { gcCommand } from './gc.ts';
import { historyCommands } from './history.ts';
import { hookCommand } from './hook.ts';
import { liveCommands } from './live.ts';
import { mcpCommand } from './mcp.ts';
import { messageCommands } from './messages.ts';
import { roomCommand } from './rooms.ts';
import { specCommands } from './specs.ts';
import { syncCommand } from './sync.ts';

export const commands = [
  ...claimCommands,
  ...messageCommands,
  ...askCommands,
  ...escalationCommands,
  ...specCommands,
  roomCommand,
  ...agentCommands,
  ...liveCommands,
  ...historyCommands,
  syncCommand,
] as readonly unknown[] as readonly Row[];

/** What stands below set-up. */
export const lastCommands: readonly unknown[] = [gcCommand, mcpCommand, hookCommand, completionCommand];
