/** The floor of an MCP server: what node itself takes to read a line, and to answer it. Its one tool answers at once. */
const { createInterface } = require('node:readline');

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const { protocolVersion } = params;
  const serverInfo = { name: 'hand-written', version: '0' };
  const result =
    method === 'initialize' ? { protocolVersion, capabilities: { tools: {} }, serverInfo } : { content: [] };
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`);
});
