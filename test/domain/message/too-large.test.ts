import { expect, test } from 'vitest';
import {
  attachmentBytesMax,
  attachmentsBytesMax,
  attachmentsMax,
  messageTextBytesMax,
} from '../../../src/domain/limits.ts';
import { refusal, World } from '../world.ts';
import { send, sent } from './acts.ts';

function withThree(): World {
  const world = new World();
  world.greet('ada', 'bob', 'cy');
  return world;
}

test('attachments count', () => {
  const attachments = Array.from({ length: attachmentsMax }, () => ({ path: 'a.ts', text: 'x = 1;\n'.repeat(100) }));
  sent(withThree(), 'ada', 'bob', 'see', { attachments, key: 'k' });
  const many = [...attachments, { path: 'b.ts' }];
  expect(refusal(send(withThree(), 'ada', 'bob', 'see', { attachments: many })).code).toBe('too-many');
  const long = [{ path: 'a.ts', text: 'x = 1;\n'.repeat(40_000) }];
  expect(refusal(send(withThree(), 'ada', 'bob', 'see', { attachments: long })).code).toBe('too-large');
});

test('a long text that is attached takes nothing of the message, and all together have a bound of their own', () => {
  const attached = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ path: `${n}.ts`, text: 'x'.repeat(attachmentBytesMax) }));
  const most = Math.floor(attachmentsBytesMax / attachmentBytesMax);
  const text = 'x'.repeat(messageTextBytesMax);
  const world = withThree();
  const first = sent(world, 'ada', 'bob', text, { attachments: attached(most), key: 'k' });
  expect(sent(world, 'ada', 'bob', text, { attachments: attached(most), key: 'k' })).toEqual(first);
  const refused = refusal(send(world, 'ada', 'bob', text, { attachments: attached(most + 1) }));
  expect(refused).toMatchObject({ code: 'too-large', data: { bytesMax: attachmentsBytesMax } });
});
