/** The table of words: every command, and the only list. */
import type { Command, ServedCommand, TableCommand } from '../command.ts';
import { agentCommands } from './agents.ts';
import { askCommands } from './asks.ts';
import { claimCommands } from './claims.ts';
import { completionCommand } from './completion.ts';
import { historyCommands } from './history.ts';
import { hookCommand } from './hook.ts';
import { liveCommands } from './live.ts';
import { mcpCommand } from './mcp.ts';
import { messageCommands } from './messages.ts';
import { setupCommands } from './setup.ts';

export const commands = [
  ...claimCommands,
  ...messageCommands,
  ...askCommands,
  ...agentCommands,
  ...liveCommands,
  ...historyCommands,
  ...setupCommands,
  mcpCommand,
  hookCommand,
  completionCommand,
] as readonly unknown[] as readonly (Command | TableCommand | ServedCommand)[];
