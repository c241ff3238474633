/** Long texts of attachments lie beside the messages, and nobody notices but git. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MessageRecord } from '../../../src/domain/record/record.ts';
import { putTogether, setApart } from '../../../src/store/git/attached-texts.ts';
import { doneBy, Place } from '../../operations/place.ts';
import { recordsByKind } from '../../schema/records.ts';

const bin = fileURLToPath(new URL('../../../dist/bin.cjs', import.meta.url));
const long = Array.from({ length: 2_000 }, (_, n) => `line ${n} of a long file`).join('\n');

class Team extends Place {
  constructor() {
    super();
    mkdirSync(join(this.dir, '.intercom'));
    writeFileSync(join(this.dir, '.intercom/config.yaml'), 'retention:\n  messages: 2m\n');
    writeFileSync(join(this.dir, 'long.txt'), long);
  }

  async send(from: string, to: string, minute: number, path = 'long.txt'): Promise<string> {
    doneBy(await this.as(to, minute, (it) => it.status({ activity: 'here' })));
    const sent = await this.as(from, minute, (it) => it.send({ to: [to], text: 'look', attachments: [{ path }] }));
    return doneBy(sent).message.id;
  }

  command(minute: number, ...words: readonly string[]): string {
    const env = { ...process.env, INTERCOM_TEST_CLOCK: `2026-03-01T09:${String(minute).padStart(2, '0')}:00.000Z` };
    const options = { cwd: this.dir, encoding: 'utf8', env } as const;
    return execFileSync(process.execPath, [bin, '--agent', 'ada', ...words, '--json'], options);
  }

  /** Object ids of the files of the branch whose path has this in it, once each. */
  objectsAt(part: string): string[] {
    const lines = execFileSync('git', ['-C', this.dir, 'ls-tree', '-r', 'intercom'], { encoding: 'utf8' }).split('\n');
    return [...new Set(lines.filter((line) => line.includes(part)).map((line) => line.split(/\s/)[2] ?? ''))];
  }

  bytesOf(object: string): number {
    return Number(execFileSync('git', ['-C', this.dir, 'cat-file', '-s', object], { encoding: 'utf8' }));
  }
}

test('a file that goes with two messages is one blob, and both readers get it whole', async () => {
  const team = new Team();
  await team.send('ada', 'bob', 0);
  await team.send('bob', 'ada', 1);
  expect(team.objectsAt('attached/')).toHaveLength(1);
  expect(team.objectsAt('messages/').map((object) => team.bytesOf(object) < 1_000)).toEqual([true, true]);
  for (const agent of ['ada', 'bob']) {
    const { messages } = doneBy(await team.as(agent, 2, (it) => it.peek({})));
    expect(messages.map(({ attachments }) => attachments[0]?.text)).toEqual([long]);
  }
});

test('a short one stays in its message', async () => {
  const team = new Team();
  writeFileSync(join(team.dir, 'short.txt'), 'two\nlines');
  await team.send('ada', 'bob', 0, 'short.txt');
  expect(team.objectsAt('attached/')).toEqual([]);
});

test('it leaves the tip with its message, and the thread has it still', async () => {
  const team = new Team();
  const id = await team.send('ada', 'bob', 0);
  doneBy(await team.as('bob', 1, (it) => it.ack({ ids: [id] })));
  team.command(9, 'gc');
  expect([...team.objectsAt('attached/'), ...team.objectsAt('messages/')]).toEqual([]);
  const { messages } = doneBy(await team.as('ada', 10, (it) => it.thread({ id })));
  expect(messages.map(({ attachments }) => attachments[0]?.text)).toEqual([long]);
});

test('doctor and check have nothing to say of it', async () => {
  const team = new Team();
  await team.send('ada', 'bob', 0);
  expect(team.command(1, 'doctor')).not.toContain('attached');
  expect(team.command(1, 'check')).not.toContain('attached');
});

test('a message that names an object which is no text of an attachment gets nothing from it', async () => {
  const named = { ...message(), attachments: [{ path: 'a.ts', object: 'ab'.repeat(20) }] };
  const read = await putTogether(named, async () => Buffer.from('SECRET=1\n'));
  expect(read).toEqual(named);
});

test('whatever is set apart is put together again', async () => {
  await fc.assert(
    fc.asyncProperty(recordsByKind.message, fc.array(fc.string({ unit: 'binary' })), async (record, texts) => {
      const attachments = texts.map((text, n) => ({ path: 'a.ts', text: n % 2 === 0 ? text.repeat(5_000) : text }));
      const whole = { ...record, attachments: attachments.slice(0, 20) };
      const stored = new Map<string, Uint8Array>();
      const apart = await setApart(whole, async (content) => {
        const oid = `oid-${stored.size}`;
        stored.set(oid, content);
        return oid as never;
      });
      expect(await putTogether(apart.record, async (oid) => stored.get(oid))).toEqual(whole);
    }),
    { numRuns: 50 },
  );
});

function message(): MessageRecord {
  const own = { v: 1, id: 'm1', kind: 'message', agent: 'ada', at: '2026-03-01T09:00:00.000Z', uid: 'u1' } as const;
  const how = { audience: 'named', thread: 'm1', purpose: 'message', importance: 'normal' } as const;
  return { ...own, ...how, to: ['bob'], ackWanted: false, text: 'look' };
}
