/** Two processes, one switch between them and one back, at each step. */
import { describe, expect, test } from 'vitest';
import { asAgent } from './aftermath.ts';
import { command } from './command.ts';
import { interleaveAtEach } from './interleave.ts';
import { coordinationRef, git, tipOf } from './repository.ts';
import { templateWithMail } from './templates.ts';

const sending = ['send', 'ada', 'grace', 'a word to both', '--json'];

describe('a commit, halted at each step while', () => {
  test('git gc --prune=now takes away what nothing names', { timeout: 300_000 }, async () => {
    const meanwhile = async (dir: string) => {
      git(dir, 'gc', '--quiet', '--prune=now');
      return [];
    };
    const only = '^(create|link|rename|unlink) (objects|refs|intercom/(inflight|ref-journal))';
    expect(await interleaveAtEach({ template: await templateWithMail(), words: sending, meanwhile, only })).toEqual([]);
  });

  test('git commits to the branch', { timeout: 300_000 }, async () => {
    const meanwhile = async (dir: string) => {
      const commit = git(dir, 'commit-tree', `${coordinationRef}^{tree}`, '-p', coordinationRef, '-m', 'by hand');
      try {
        git(dir, 'update-ref', coordinationRef, commit, tipOf(dir) as string);
      } catch {
        // We hold the lock of the ref: then git says so, and nothing of its was acknowledged.
      }
      return [];
    };
    const only = '^(link|rename|unlink)|create intercom';
    expect(await interleaveAtEach({ template: await templateWithMail(), words: sending, meanwhile, only })).toEqual([]);
  });
});

describe('taking over the lock of one who was killed, halted at each step while', () => {
  test('another wants to take it over, too', { timeout: 300_000 }, async () => {
    const template = await templateWithMail();
    const dying = { how: 'kill', at: 1, only: 'ref-journal' } as const;
    await command(template, ['claim', 'src/c.ts'], { agent: 'joan', steps: dying });
    const meanwhile = async (dir: string) => {
      const { stdout, stderr } = await command(dir, ['claim', 'meanwhile.ts', '--json'], { agent: 'grace' });
      return [stdout === '' ? stderr : `.intercom/claims/${JSON.parse(stdout).claim.id}.yaml`];
    };
    const only = 'write.lock|holders';
    const troubles = await interleaveAtEach({ template, words: sending, meanwhile, only, patienceMs: 300 });
    expect(troubles).toEqual([]);
  });
});

describe('packing, halted at each step while', () => {
  test('somebody commits, and git gc --prune=now cleans up', { timeout: 300_000 }, async () => {
    const meanwhile = (dir: string) =>
      asAgent(dir, 'grace', async (grace) => {
        const answer = await grace.claim({ paths: ['meanwhile.ts'] });
        git(dir, 'gc', '--quiet', '--prune=now');
        return answer.status === 'done' ? [`.intercom/claims/${answer.value.claim.id}.yaml`] : ['a claim'];
      });
    const words = ['gc', '--pack-only', '--json'];
    // At some steps it holds the write lock for a moment: whoever commits waits for it to go on.
    const template = await templateWithMail();
    expect(await interleaveAtEach({ template, words, meanwhile, patienceMs: 1_000 })).toEqual([]);
  });
});
