/** The derived files that guards read: whatever befalls them, the answer is the branch's, or they are made anew. */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { heldNear, isFresh } from '../../../src/store/projection/read.ts';
import { claim, command, coordinated, doctor, expectSound, held, open } from './coordination.ts';
import { git, put } from './sandbox.ts';

interface Place {
  readonly dir: string;
  readonly projection: string;
  readonly claimsFile: string;
}

/** fox holds `a.ts`, bee `b.ts` and has a message; all of it is in the projection. */
async function projected(): Promise<Place> {
  const { dir } = await coordinated();
  await (await open(dir)).send({ to: ['bee'], text: 'hello' });
  const projection = join(dir, '.git/intercom/projection');
  return { dir, projection, claimsFile: join(projection, 'claims/s-a.ts') };
}

/** What cat is told about fox's file and bee about her mail, by the command. */
function expectTruth(dir: string): void {
  expect(command(dir, ['check-edit', 'a.ts'], { INTERCOM_AGENT: 'cat' })).toMatchObject({
    code: 1,
    out: expect.stringContaining('a.ts is claimed by fox'),
  });
  expect(JSON.parse(command(dir, ['peek', '--json', '--no-mark'], { INTERCOM_AGENT: 'bee' }).out)).toMatchObject({
    unread: 1,
  });
}

/** Whether the projection alone is enough for an answer. */
function isAnsweredQuickly(dir: string): boolean {
  const projection = join(dir, '.git/intercom/projection');
  try {
    return (
      isFresh(projection, git(dir, 'rev-parse', 'intercom')) &&
      heldNear(projection, ['a.ts'], { ignoreCase: false }).length > 0
    );
  } catch {
    return false;
  }
}

test('answers quickly while it is whole', async () => {
  const { dir } = await projected();
  expect(isAnsweredQuickly(dir)).toBe(true);
  expectTruth(dir);
  expectSound(dir, ['a.ts', 'b.ts']);
});

const damage: Readonly<Record<string, (place: Place) => void>> = {
  'deleted with everything beside it': ({ dir }) => rmSync(join(dir, '.git/intercom'), { recursive: true }),
  deleted: ({ projection }) => rmSync(projection, { recursive: true }),
  'without its stamp': ({ projection }) => rmSync(join(projection, 'stamp')),
  'with an empty stamp': ({ projection }) => writeFileSync(join(projection, 'stamp'), ''),
  'with half a stamp': ({ projection }) => cut(join(projection, 'stamp'), 30),
  'with the stamp of another format': ({ projection, dir }) =>
    writeFileSync(join(projection, 'stamp'), `projection-0 ${git(dir, 'rev-parse', 'intercom')} 3\n`),
  'with a stamp that names a branch of the code': ({ projection }) =>
    writeFileSync(
      join(projection, 'stamp'),
      readFileSync(join(projection, 'stamp'), 'utf8').replace(/[0-9a-f]{40}/, 'HEAD'),
    ),
  'with the stamp of a commit that is nowhere': ({ projection }) =>
    writeFileSync(
      join(projection, 'stamp'),
      readFileSync(join(projection, 'stamp'), 'utf8').replace(/[0-9a-f]{40}/, '1'.repeat(40)),
    ),
  'written before the machine started': ({ projection }) =>
    writeFileSync(
      join(projection, 'stamp'),
      readFileSync(join(projection, 'stamp'), 'utf8').replace(
        / [0-9a-f-]{36} /,
        ' 00000000-0000-0000-0000-000000000000 ',
      ),
    ),
  'with half a line of claims': ({ claimsFile }) => cut(claimsFile, 25),
  'with half a line of mail': ({ projection }) => cut(join(projection, 'mail/bee'), 25),
  'with a line of claims that was overwritten': ({ claimsFile }) =>
    writeFileSync(claimsFile, readFileSync(claimsFile, 'utf8').replace(/\texclusive[^\n]*/, '')),
  'with zeros where a crash left a hole': ({ claimsFile }) => {
    const bytes = readFileSync(claimsFile);
    writeFileSync(claimsFile, bytes.fill(0, 20));
  },
  'with a folder where a file belongs': ({ claimsFile }) => {
    rmSync(claimsFile);
    mkdirSync(join(claimsFile, 'x'), { recursive: true });
  },
  'with a file where a folder belongs': ({ projection }) => {
    rmSync(join(projection, 'claims'), { recursive: true });
    writeFileSync(join(projection, 'claims'), 'x');
  },
  'a file itself': ({ projection }) => {
    rmSync(projection, { recursive: true });
    writeFileSync(projection, 'x');
  },
};

function cut(file: string, bytes: number): void {
  const text = readFileSync(file);
  writeFileSync(file, text.subarray(0, text.length - bytes));
}

test.each(Object.entries(damage))(
  'a projection %s misleads nobody, and is whole after the next claim or doctor --fix',
  async (how, befall) => {
    const place = await projected();
    const { dir } = place;
    befall(place);
    expect(isAnsweredQuickly(dir)).toBe(how.includes('mail'));
    expectTruth(dir);
    const fox = await open(dir);
    await claim(fox, 'c.ts');
    await fox.release({ references: ['a.ts'] });
    await claim(fox, 'a.ts');
    expectTruth(dir);
    expect(await held(fox)).toEqual(['a.ts', 'b.ts', 'c.ts']);
    befall(place);
    doctor(dir, '--fix');
    expect(isAnsweredQuickly(dir)).toBe(true);
    expectTruth(dir);
    expect(doctor(dir).findings).toEqual([]);
    expectSound(dir, ['a.ts', 'b.ts', 'c.ts']);
  },
);

test('a line that a killed writer cut off in the middle swallows no line that comes after it', async () => {
  const { dir, claimsFile } = await projected();
  appendFileSync(claimsFile, '+1abc\t12');
  const fox = await open(dir);
  await fox.release({ references: ['a.ts'] });
  await claim(await open(dir, 'bee'), 'a.ts');
  expect(isAnsweredQuickly(dir)).toBe(true);
  expect(command(dir, ['check-edit', 'a.ts'])).toMatchObject({
    code: 1,
    out: expect.stringContaining('claimed by bee'),
  });
  expect(readFileSync(claimsFile, 'utf8')).not.toContain('1abc');
  expectSound(dir, ['a.ts', 'b.ts']);
});

test('a step that is made twice, after a crash before the stamp, shows each claim once', async () => {
  const { dir, projection } = await projected();
  const stamp = readFileSync(join(projection, 'stamp'));
  await claim(await open(dir), 'c.ts');
  writeFileSync(join(projection, 'stamp'), stamp);
  await (await open(dir)).status({ activity: 'goes on' });
  expect(isAnsweredQuickly(dir)).toBe(true);
  const asked = command(dir, ['check-edit', 'c.ts', '--json'], { INTERCOM_AGENT: 'cat' });
  expect(JSON.parse(asked.out).rivals).toHaveLength(1);
  const lines = readFileSync(join(projection, 'claims/s-c.ts'), 'utf8').split('\n');
  expect(lines.lastIndexOf(lines.find((line) => line.startsWith('-')) ?? '')).toBe(lines.length - 3);
  expectSound(dir, ['a.ts', 'b.ts', 'c.ts']);
});

test('a branch that was moved by git, back and forth, takes the projection along', async () => {
  const { dir } = await projected();
  const tip = git(dir, 'rev-parse', 'intercom');
  const fox = await open(dir);
  await fox.release({ references: ['a.ts'] });
  git(dir, 'update-ref', 'refs/heads/intercom', tip);
  expectTruth(dir);
  expect(await held(fox)).toEqual(['a.ts', 'b.ts']);
  await fox.status({ activity: 'goes on' });
  expect(isAnsweredQuickly(dir)).toBe(true);
  expectTruth(dir);
  expectSound(dir, ['a.ts', 'b.ts']);
});

test('a journal of deliveries that was torn brings nothing torn onto the branch', async () => {
  const { dir } = await projected();
  const bee = await open(dir, 'bee');
  const mail = await bee.peek();
  const id = mail.status === 'done' ? (mail.value.messages[0]?.id as string) : '';
  const journal = join(dir, '.git/intercom/delivered/bee');
  expect(readFileSync(journal, 'utf8')).toContain(id);
  for (const text of [
    `+${id} 2026-01`,
    `+${id.slice(0, 5)}`,
    `+${id} 2026-01+${id} 2026-01-02T03:04:05Z\n`,
    '\0\0\0\n',
    '+../x y\n',
  ]) {
    put(dir, { '.git/intercom/delivered/bee': text });
    expect((await bee.status({ activity: text.length.toString() })).status).toBe('done');
  }
  expect(doctor(dir).findings).toEqual([]);
  await bee.peek();
  await bee.status({ activity: 'seen' });
  expect(await (await open(dir)).receipts({ id })).toMatchObject({ value: { delivered: [{ agent: 'bee' }] } });
  expectSound(dir, ['a.ts', 'b.ts']);
});

test('it can be deleted at any time, while others write', async () => {
  const { dir } = await projected();
  const [fox, bee] = [await open(dir), await open(dir, 'bee')];
  const deleting = (async () => {
    for (let n = 0; n < 40; n++) {
      rmSync(join(dir, '.git/intercom/projection'), { recursive: true, force: true });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  const paths = Array.from({ length: 10 }, (_, n) => `file${n}.ts`);
  await Promise.all(paths.map((path, n) => claim(n % 2 === 0 ? fox : bee, path)));
  await deleting;
  expectTruth(dir);
  await fox.status({ activity: 'goes on' });
  expect(readdirSync(join(dir, '.git/intercom/projection/claims'))).toHaveLength(12);
  expect(existsSync(join(dir, '.git/intercom/write.lock'))).toBe(false);
  expectSound(dir, ['a.ts', 'b.ts', ...paths]);
});
