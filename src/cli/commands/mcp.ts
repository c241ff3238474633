/** How the MCP server is started; src/serving/serve.ts runs it. */
import type { ServedCommand } from '../command.ts';

export const mcpCommand: ServedCommand = {
  name: 'mcp',
  synopsis: '',
  summary: 'the MCP server, for agents: over stdio, or HTTP on 127.0.0.1',
  group: 'Set-up',
  isServed: true,
  options: [
    { name: 'toolset', value: 'SET', choices: ['core', 'full'], summary: 'the tools that agents need (core), or all' },
    { name: 'read-only', summary: 'only tools that look: nothing is written, no remote asked' },
    { name: 'http', summary: 'serve many clients on 127.0.0.1, at /mcp, with a bearer token' },
    { name: 'port', value: 'N', summary: 'the port of --http; one that is free unless given' },
  ],
  notes: [
    'git intercom init connects the harnesses that it knows; for another client, the command is npx git-intercom mcp. The agent is found from the session of the harness; INTERCOM_AGENT in the environment gives it a name.',
    'With --http the address and the token are printed on stderr. INTERCOM_TOKEN in the environment sets the token. Each client is an agent of its own; the header Intercom-Agent gives it a name.',
  ],
};
