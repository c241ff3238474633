/** What one process records at once lands together: all of it or nothing, each in a commit of its own, none told too early. */
import { describe, expect, test } from 'vitest';
import { asAgent, soundness, troublesAfter } from './aftermath.ts';
import { untilEnd } from './command.ts';
import { commitsOf, coordinationRef, copyRepository, filesAt, tipOf } from './repository.ts';
import { keptIn, templateWithMail } from './templates.ts';
import { type Answered, startWorker } from './worker.ts';

const asked = [
  ['claim', { paths: ['src/one.ts'] }],
  ['send', { to: ['ada', 'grace'], text: 'a word to both' }],
  ['claim', { paths: ['src/two.ts'] }],
  ['claim', { paths: ['src/two.ts'] }],
] as const;

/** The file of what was acknowledged. */
function fileOf({ value }: Answered): string {
  return value.claim === undefined
    ? `.intercom/messages/${value.message.id}.yaml`
    : `.intercom/claims/${value.claim.id}.yaml`;
}

describe('several at once', { timeout: 300_000 }, () => {
  test('have a commit each, in the order in which they were asked', async () => {
    const dir = copyRepository(await templateWithMail());
    const before = tipOf(dir);
    const joan = await startWorker(dir, 'joan');
    const answers = await joan.askTogether(asked);
    await joan.end();
    expect(answers.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done']);
    expect(commitsOf(dir, `${before}..${coordinationRef}`).map(({ op }) => op)).toEqual([
      'renew',
      'claim',
      'send',
      'claim',
    ]);
    const [, , two, again] = [...answers].sort((a, b) => (a.nth ?? 0) - (b.nth ?? 0));
    expect(again?.value.claim.id).toBe(two?.value.claim.id);
    expect(await soundness(dir, answers.map(fileOf))).toEqual([]);
  });

  test('share a move of the ref', async () => {
    const template = await templateWithMail();
    const dir = copyRepository(template);
    const joan = await startWorker(dir, 'joan', { steps: { how: 'kill', at: 2, only: 'rename refs/heads/intercom$' } });
    const answers = await joan.askTogether(asked);
    await joan.end();
    const there = commitsOf(dir, `${tipOf(template)}..${coordinationRef}`);
    expect(there.length).toBeGreaterThan(1);
    expect(answers.length).toBeLessThanOrEqual(there.length);
  });

  test('killed at each step: nothing torn, and none acknowledged that is not there', async () => {
    const template = await templateWithMail();
    const kept = keptIn(template);
    const troubles: string[] = [];
    const steps = await untilEnd(async (at) => {
      const dir = copyRepository(template);
      const joan = await startWorker(dir, 'joan', { steps: { how: 'kill', at } });
      const answers = await joan.askTogether(asked);
      await joan.end();
      const files = filesAt(dir, coordinationRef);
      const early = answers.filter((answer) => !files.includes(fileOf(answer)));
      const found = early.map(({ name }) => `${name} was acknowledged, and is not there`);
      found.push(...(await troublesAfter(dir, kept, at % 2 === 0 ? 'doctor' : 'work')));
      troubles.push(...found.map((trouble) => `kill at step ${at}: ${trouble}`));
      return answers.length === asked.length ? 'end' : 'on';
    });
    expect(troubles).toEqual([]);
    expect(steps).toBeGreaterThan(30);
  });

  test('are told of a full disk, and go on by themselves when there is space again', async () => {
    const template = await templateWithMail();
    const troubles: string[] = [];
    await untilEnd(async (at) => {
      const dir = copyRepository(template);
      const steps = { how: 'ENOSPC', at, only: '(inflight|objects|ref-journal|refs)', lasting: 2 } as const;
      const joan = await startWorker(dir, 'joan', { retry: true, steps });
      const answers = await joan.askTogether(asked);
      await joan.end();
      const say = (trouble: string) => troubles.push(`full at step ${at}: ${trouble}`);
      const done = answers.filter(({ status }) => status === 'done');
      if (done.length !== asked.length) say(JSON.stringify(answers));
      for (const { status, code, message } of answers)
        if (status === 'failed' && code !== 'disk-full') say(`${message}`);
      await asAgent(dir, 'grace', (grace) => grace.claim({ paths: ['next.ts'] }));
      (await soundness(dir, done.map(fileOf))).forEach(say);
      return at > 45 ? 'end' : 'on';
    });
    expect(troubles).toEqual([]);
  });
});
