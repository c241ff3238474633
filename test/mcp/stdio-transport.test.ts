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
  const errors: Error[] = [];
  transport.onmessage = (message: JSONRPCMessage) => void understood.push(message);
  transport.onerror = (error) => void errors.push(error);
  await transport.start();
  for (const chunk of chunks) input.emit('data', Buffer.from(chunk));
  const answered = String(output.read() ?? '');
  return {
    understood,
    errors,
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

test('what is no message is passed over, and what follows is understood', async () => {
  const { understood, errors, answered } = await given(
    'what\n\n{"jsonrpc":"2.0"}\n7\n',
    `${JSON.stringify(ping(1))}\r\n`,
  );
  expect(understood).toEqual([ping(1)]);
  expect(errors).toHaveLength(4);
  expect(answered).toEqual([]);
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
  const { understood, errors, answered } = await given(`{"method":"tools/call","params":{"text":"${long}","id":3}}\n`);
  expect([understood, answered]).toEqual([[], []]);
  expect(errors).toHaveLength(1);
});
