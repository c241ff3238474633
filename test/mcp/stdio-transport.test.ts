import { PassThrough } from 'node:stream';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StdioTransport } from '../../src/mcp/stdio-transport.ts';

/** What is understood of the chunks, and what is answered without anybody being asked. */
async function given(...chunks: readonly (string | Buffer)[]) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const transport = new StdioTransport(input, output);
  const understood: JSONRPCMessage[] = [];
  transport.onmessage = (message: JSONRPCMessage) => void understood.push(message);
  await transport.start();
  for (const chunk of chunks) input.emit('data', Buffer.from(chunk));
  const answered = String(output.read() ?? '');
  return {
    understood,
    answered:
      answered === ''
        ? []
        : answered
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line)),
  };
}

const ping = (id: number | string) => ({ jsonrpc: '2.0' as const, id, method: 'ping' });

test('messages are the same wherever the chunks end, within a line and within a character', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '🦊', '"', '\n'), maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.array(text), fc.array(fc.nat(400)), async (texts, cuts) => {
      const sent = texts.map((word, id) => ({ ...ping(id), params: { word } }));
      const bytes = Buffer.from(sent.map((message) => `${JSON.stringify(message)}\n`).join(''));
      const at = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      const { understood } = await given(...at.slice(1).map((end, n) => bytes.subarray(at[n], end)));
      expect(understood).toEqual(sent);
    }),
  );
});

test.each<[string, unknown, number]>([
  ['what', null, -32700],
  ['{"jsonrpc":"2.0","id":1,"method":"ping"', null, -32700],
  ['7', null, -32600],
  ['[]', null, -32600],
  ['null', null, -32600],
  ['{"jsonrpc":"2.0"}', null, -32600],
  ['{"jsonrpc":"2.0","id":null,"method":"ping"}', null, -32600],
  ['{"jsonrpc":"2.0","id":{},"method":"ping"}', null, -32600],
  ['{"jsonrpc":"2.0","id":"a","method":7}', 'a', -32600],
  ['{"jsonrpc":"2.0","id":2,"method":"ping","params":[1]}', 2, -32600],
  ['{"jsonrpc":"1.0","id":3,"method":"ping"}', 3, -32600],
  ['{"id":4,"method":"ping"}', 4, -32600],
])('%s is no message, and is told so by its id or by none; what follows is understood', async (line, id, code) => {
  const { understood, answered } = await given(`${line}\n`, `${JSON.stringify(ping(1))}\r\n`);
  expect(understood).toEqual([ping(1)]);
  expect(answered).toMatchObject([{ jsonrpc: '2.0', id, error: { code } }]);
});

test.each([
  '',
  ' \r',
  '{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no message"}}',
  '{"jsonrpc":"2.0","id":[],"result":{}}',
])('%j is not answered: two who answer what is no answer would never end', async (line) => {
  const { understood, answered } = await given(`${line}\n`, `${JSON.stringify(ping(1))}\n`);
  expect([understood, answered]).toEqual([[ping(1)], []]);
});

test('of a batch what is no message is told so, and the others are understood', async () => {
  const { understood, answered } = await given(`${JSON.stringify([ping(1), { id: 2 }])}\n`);
  expect(understood).toEqual([ping(1)]);
  expect(answered).toMatchObject([{ id: 2, error: { code: -32600 } }]);
});

test('the messages of a batch are taken one by one', async () => {
  expect((await given(`${JSON.stringify([ping(1), ping('b')])}\n`)).understood).toEqual([ping(1), ping('b')]);
});

const long = 'x'.repeat(10_000_000);

test.each<[string, (text: string) => string]>([
  ['first', (text) => `{"jsonrpc":"2.0","id":"a7","method":"tools/call","params":{"text":"${text}"}}`],
  ['last', (text) => `{"method":"tools/call","params":{"id":3,"text":"${text}"},"jsonrpc":"2.0","id":"a7"}`],
])(
  'a call that is longer than 10 MB is told so, where its id is %s, and the next one is understood',
  async (_, line) => {
    const sent = `${line(long)}\n${JSON.stringify(ping(2))}\n`;
    const { understood, answered } = await given(sent.slice(0, 9_000_000), sent.slice(9_000_000, -40), sent.slice(-40));
    expect(understood).toEqual([ping(2)]);
    expect(answered).toMatchObject([{ id: 'a7', error: { code: -32600, message: expect.stringContaining('10 MB') } }]);
  },
);

test('an id within the arguments of such a call is not taken for its own', async () => {
  const { understood, answered } = await given(`{"method":"tools/call","params":{"text":"${long}","id":3}}\n`);
  expect(understood).toEqual([]);
  expect(answered).toMatchObject([{ id: null, error: { code: -32600 } }]);
});
