/**
 * A disk that is full, or that cannot be written: a sentence and exit code 3 where nothing was recorded, nothing torn,
 * and the next command works when there is space again.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { asAgent, soundness } from './aftermath.ts';
import { command, type Ended, untilEnd } from './command.ts';
import { copyRepository, fsck, makeFolder, makeRepository, tipOf } from './repository.ts';
import { keptIn, templateWithMail, templateWithPacks } from './templates.ts';
import { startWorker } from './worker.ts';

const sending = ['send', 'ada', 'grace', 'a word to both', '--json'];
const sentences = {
  ENOSPC: 'The disk is full: could not ',
  EROFS: 'is not writable (EROFS). Nothing was recorded.',
  EACCES: 'is not writable (EACCES). Nothing was recorded.',
};
type Code = keyof typeof sentences;

interface Scenario {
  readonly template: string;
  readonly words: readonly string[];
  readonly code: Code;
  readonly only?: string;
  readonly lasting?: number;
}

/** From each step on the system refuses what such a disk refuses. */
async function refuseFromEach({ template, words, code, only, lasting }: Scenario): Promise<string[]> {
  const troubles: string[] = [];
  const before = tipOf(template);
  const kept = keptIn(template);
  await untilEnd(async (at) => {
    const dir = copyRepository(template);
    const ended = await command(dir, words, { agent: 'joan', steps: { how: code, at, only, lasting } });
    const isRecorded = tipOf(dir) !== before;
    const found = [...mistold(ended, sentences[code], isRecorded), ...fsck(dir)];
    await asAgent(dir, 'joan', (joan) => joan.claim({ paths: ['next.ts'] }));
    await asAgent(dir, 'ada', (ada) => ada.ack({ all: true }));
    found.push(...(await soundness(dir, kept)));
    troubles.push(...found.map((trouble) => `${code} from step ${at} on: ${trouble}`));
    return ended.stderr.includes('steps.cjs: never reached') ? 'end' : 'on';
  });
  return troubles;
}

/** What it said of the write against what is there. */
function mistold({ exitCode, stdout, stderr }: Ended, sentence: string, isRecorded: boolean): string[] {
  if (exitCode === 0) return stdout !== '' ? [] : ['success without an answer'];
  return [
    ...(exitCode === 3 ? [] : [`exit code ${exitCode}`]),
    ...(stderr.includes(`error: `) && stderr.includes(sentence) && stderr.includes('next: ') ? [] : [stderr]),
    ...(stderr.includes('defect') ? ['calls it a defect'] : []),
    ...(isRecorded ? ['failed, but it is recorded'] : []),
  ];
}

describe('from each step on', { timeout: 300_000 }, () => {
  test('no space, in a commit', async () => {
    expect(await refuseFromEach({ template: await templateWithMail(), words: sending, code: 'ENOSPC' })).toEqual([]);
  });

  test('a write is cut short once, in a commit', async () => {
    const cut = { words: sending, code: 'ENOSPC', only: '^write', lasting: 1 } as const;
    expect(await refuseFromEach({ template: await templateWithMail(), ...cut })).toEqual([]);
  });

  test('no space, in the first commit', async () => {
    const words = ['claim', 'a.ts', '--json'];
    expect(await refuseFromEach({ template: makeRepository(), words, code: 'ENOSPC', only: 'refs' })).toEqual([]);
  });

  test('no space, in packing', async () => {
    const words = ['gc', '--pack-only', '--json'];
    expect(await refuseFromEach({ template: await templateWithPacks(7), words, code: 'ENOSPC' })).toEqual([]);
  });

  test.each(['EROFS', 'EACCES'] as const)('%s, in a commit', async (code) => {
    const only = '(intercom|refs)/|objects/0';
    expect(await refuseFromEach({ template: await templateWithMail(), words: sending, code, only })).toEqual([]);
  });
});

test('a disk of a few pages, filled to the last but n: nothing torn, and the next write works', {
  timeout: 300_000,
}, async (ctx) => {
  const script = fileURLToPath(new URL('full-disk.sh', import.meta.url));
  const bin = fileURLToPath(new URL('../../dist/bin.cjs', import.meta.url));
  const mount = makeFolder();
  if (spawnSync('unshare', ['-rm', 'true']).status !== 0) ctx.skip('no namespaces of mounts here');
  const done = spawnSync('unshare', ['-rm', 'sh', script, mount, process.execPath, bin], { encoding: 'utf8' });
  if (done.status === 77) ctx.skip('no tmpfs can be mounted here');
  expect(done.stdout).toMatch(/[1-9]\d* full, [1-9]\d* recorded/);
  expect(done).toMatchObject({ status: 0, stderr: '' });
});

test('gc with the bytes of an unfinished write still in flight says that the disk is full', async () => {
  const dir = copyRepository(await templateWithMail());
  const steps = { how: 'ENOSPC', at: 1, only: 'objects/' } as const;
  for (const words of [['claim', 'a.ts'], ['gc', '--pack-only'], ['gc']]) {
    const { exitCode, stdout } = await command(dir, [...words, '--json'], { agent: 'joan', steps });
    expect({ words, exitCode, ...JSON.parse(stdout) }).toMatchObject({ exitCode: 3, error: { code: 'disk-full' } });
  }
});

test('doctor says that nothing can be recorded on a read-only disk', async () => {
  const dir = await templateWithMail();
  const steps = { how: 'EROFS', at: 1 } as const;
  const { exitCode, stdout } = await command(dir, ['doctor', '--json'], { steps });
  expect({ exitCode, ...JSON.parse(stdout) }).toMatchObject({
    exitCode: 1,
    ok: false,
    findings: [
      { level: 'warning', what: `${dir}/.git/refs/heads cannot be written (EROFS): nothing can be recorded here.` },
    ],
  });
});

test('a process that outlives a read-only disk goes on by itself', { timeout: 300_000 }, async () => {
  const template = await templateWithMail();
  const troubles: string[] = [];
  await untilEnd(async (at) => {
    const dir = copyRepository(template);
    const steps = { how: 'EROFS', at, only: '(inflight|write.lock|ref-journal|refs|stamp)', lasting: 3 } as const;
    const joan = await startWorker(dir, 'joan', { retry: true, steps });
    const asked = [await joan.ask('claim', { paths: ['a.ts'] }), await joan.ask('claim', { paths: ['b.ts'] })];
    await joan.end();
    await asAgent(dir, 'grace', (grace) => grace.claim({ paths: ['next.ts'] }));
    const say = (trouble: string) => troubles.push(`read-only at step ${at}: ${trouble}`);
    if (asked.some(({ status }) => status !== 'done')) say(JSON.stringify(joan.answers));
    for (const { code, message } of joan.answers) {
      if (code !== undefined && !['disk-full', 'read-only'].includes(code)) say(`${code}: ${message}`);
    }
    const kept = asked.map(({ value }) => `.intercom/claims/${value?.claim.id}.yaml`);
    (await soundness(dir, kept)).forEach(say);
    return at > 20 ? 'end' : 'on';
  });
  expect(troubles).toEqual([]);
});
