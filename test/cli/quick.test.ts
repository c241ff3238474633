/** The quick answers of bin.cjs are those of the whole command, to the letter; in doubt it is asked. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../tooling/sources.ts';
import { type Call, quick, whole } from './in-process.ts';
import { type Damage, type Event, event, type Question, question, standing } from './quick-arbitrary.ts';
import { run, Scratch, writePolicy } from './scratch.ts';

class World extends Scratch {
  readonly intercom = join(this.repo, '.git/intercom');
  readonly #stamp = join(this.intercom, 'projection/stamp');

  constructor(isFolding = false) {
    super();
    this.git('config', 'core.ignorecase', String(isFolding));
    this.git('worktree', 'add', '--quiet', '../linked');
    standing(this.dir);
  }

  call({ argv, agent, place }: Question): Call {
    const typed = argv.map((word) => word.replace('{here}', this.repo));
    return { argv: typed, cwd: join(this.dir, place), env: this.env(agent) };
  }

  async happen(what: Event): Promise<void> {
    if (what.kind === 'pass') this.nowMs += what.seconds * 1000;
    else if (what.kind === 'damage') this.damage(what.how);
    else {
      this.nowMs += 1000;
      const { stderr, code } = await whole(this.call({ argv: what.argv, agent: what.agent, place: 'repo' }));
      if (code === 3) throw new Error(`${what.argv.join(' ')}: ${stderr}`);
    }
  }

  damage(how: Damage): void {
    if (this.tip() === '') return;
    if (how === 'no projection') rmSync(join(this.intercom, 'projection'), { recursive: true, force: true });
    else if (how === 'no stamp') rmSync(this.#stamp, { force: true });
    else if (how === 'half a stamp' && existsSync(this.#stamp)) truncateSync(this.#stamp, 20);
    else if (how === 'old stamp' && existsSync(dirname(this.#stamp)))
      writeFileSync(this.#stamp, `projection-0 ${this.tip()} 0\n`);
    else if (how === 'packed refs') this.git('pack-refs', '--all', '--no-prune');
    else if (how === 'commit by hand') {
      const made = this.git('commit-tree', '-p', 'intercom', '-m', '-', 'intercom^{tree}');
      this.git('update-ref', 'refs/heads/intercom', made);
    }
  }

  /** What `peek` has noted as put before its reader, in both ways of asking the same. */
  delivered(): Record<string, string> {
    const folder = join(this.intercom, 'delivered');
    const files = existsSync(folder) ? readdirSync(folder) : [];
    return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  }

  putBackDelivered(files: Readonly<Record<string, string>>): void {
    const folder = join(this.intercom, 'delivered');
    rmSync(folder, { recursive: true, force: true });
    if (Object.keys(files).length > 0) mkdirSync(folder, { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  }
}

/** Asks both ways, of the same state at the same instant; undefined where the quick way passed the question on. */
async function ask(world: World, asked: Question) {
  const call = world.call(asked);
  const before = world.delivered();
  const ran = await quick(call);
  if (ran === undefined) return undefined;
  const quickly = { ...ran, delivered: world.delivered() };
  world.putBackDelivered(before);
  return { quickly, wholly: { ...(await whole(call)), delivered: world.delivered() } };
}

test('whatever has happened, and however it is asked', async () => {
  let [asked, answered] = [0, 0];
  const step = fc.record({ event, questions: fc.array(question, { minLength: 1, maxLength: 6, size: 'max' }) });
  const property = fc.asyncProperty(
    fc.boolean(),
    fc.array(step, { minLength: 1, maxLength: 14, size: 'max' }),
    async (isFolding, steps) => {
      const world = new World(isFolding);
      try {
        for (const { event, questions } of steps) {
          await world.happen(event);
          for (const each of questions) {
            const answer = await ask(world, each);
            asked++;
            if (answer === undefined) continue;
            answered++;
            expect(answer.quickly).toEqual(answer.wholly);
          }
        }
      } finally {
        world.remove();
      }
    },
  );
  await fc.assert(property, { numRuns: 10, interruptAfterTimeLimit: 100_000 });
  // Else the comparison would say little; it is about a half.
  expect(answered / asked).toBeGreaterThan(0.25);
}, 180_000);

/** A state in which there is something to say about everything. */
let world: World;
beforeAll(async () => {
  world = new World();
  const script: readonly (readonly [string, ...string[]])[] = [
    ['ada', 'claim', 'src/auth.ts', 'port:5432', '--why', 'split the login'],
    ['bold-fox', 'claim', 'docs/**', '--shared'],
    ['ada', 'send', 'bold-fox', 'How long?'],
    ['bold-fox', 'ask', 'ada', 'Which port?', '--wait', '0s'],
    ['ada', 'ack', '--all'],
    ['ada', 'send', 'all', 'The build is broken.', '--importance', 'urgent'],
  ];
  for (const [agent, ...argv] of script) await world.happen({ kind: 'intercom', agent, argv });
});
afterAll(() => world.remove());

const plain: readonly Question[] = [
  { argv: ['check-edit', 'src/auth.ts'], agent: 'bold-fox', place: 'repo' },
  { argv: ['check-edit', 'auth.ts', '--json'], agent: 'ada', place: 'linked/src' },
  { argv: ['-C', '../repo', 'check-edit', 'docs/guide.md'], agent: undefined, place: 'elsewhere' },
  { argv: ['check-edit', '--agent', 'eve', '{here}/docs/guide.md', 'README.md'], agent: 'ada', place: 'repo/src' },
  { argv: ['check-edit', '../src', 'docs/'], agent: 'bold-fox', place: 'repo/src' },
  { argv: ['peek', '--no-mark'], agent: 'bold-fox', place: 'repo' },
  { argv: ['peek', '--urgent', '--limit', '1', '--json', '--no-mark'], agent: 'bold-fox', place: 'linked' },
  { argv: ['peek'], agent: 'ada', place: 'repo' },
];

test('open asks are shown quickly to both, until they are over', async () => {
  const pending = async (agent: string) => {
    const answer = await ask(world, { argv: ['peek', '--json', '--no-mark'], agent, place: 'repo' });
    expect(answer?.quickly).toEqual(answer?.wholly);
    return JSON.parse(answer?.quickly.stdout ?? '').pendingAsks;
  };
  const shown = [{ from: 'bold-fox', to: ['ada'], text: 'Which port?', decision: false }];
  for (const agent of ['ada', 'bold-fox']) expect(await pending(agent)).toMatchObject(shown);
  expect(await pending('grace-hopper')).toEqual([]);
  world.nowMs += 600_000;
  expect(await pending('ada')).toEqual([]);
  world.nowMs -= 600_000;
});

test('an open ask is still shown when the projection was made anew, and no more when it is answered', async () => {
  const anew = new World();
  const happen = (agent: string, ...argv: string[]) => anew.happen({ kind: 'intercom', agent, argv });
  const count = async (agent: string) => {
    const answer = await quick(anew.call({ argv: ['peek', '--json', '--no-mark'], agent, place: 'repo' }));
    return JSON.parse(answer?.stdout ?? '').pendingAsks.length;
  };
  await happen('ada', 'status', 'here');
  await happen('bold-fox', 'ask', 'ada', 'Which port?', '--wait', '0s');
  anew.damage('no projection');
  await happen('ada', 'ack', '--all');
  expect([await count('ada'), await count('bold-fox')]).toEqual([1, 1]);
  await happen('ada', 'reply', '8080');
  expect([await count('ada'), await count('bold-fox')]).toEqual([0, 0]);
  anew.remove();
});

test.each(plain)('is quick: $argv of $agent in $place', async (asked) => {
  const answer = await ask(world, asked);
  expect(answer?.quickly).toEqual(answer?.wholly);
  expect(answer?.quickly.stdout).not.toBe('');
});

test('a message is put before its reader once, whichever way it is shown', async () => {
  const once = new World();
  await once.happen({ kind: 'intercom', agent: 'bold-fox', argv: ['status', 'here'] });
  await once.happen({ kind: 'intercom', agent: 'ada', argv: ['send', 'bold-fox', 'How long?'] });
  const peek: Question = { argv: ['peek', '--json'], agent: 'bold-fox', place: 'repo' };
  const seen = async (ask: (call: Call) => Promise<{ stdout: string } | undefined>) =>
    JSON.parse((await ask(once.call(peek)))?.stdout ?? '{}').messages[0].delivered;
  expect(await seen(quick)).toBe(null);
  const at = new Date(once.nowMs).toISOString();
  once.nowMs += 60_000;
  expect(await seen(whole)).toBe(at);
  expect(await seen(quick)).toBe(at);
  once.remove();
});

test('mail of a room is in quick answers from joining on, and not after leaving', async () => {
  const rooms = new World();
  const intercom = (agent: string, ...argv: string[]) => rooms.happen({ kind: 'intercom', agent, argv });
  const unread = async () => {
    const answer = await ask(rooms, { argv: ['peek', '--json', '--no-mark'], agent: 'bold-fox', place: 'repo' });
    expect(answer?.quickly).toEqual(answer?.wholly);
    const { messages } = JSON.parse(answer?.quickly.stdout ?? '{}') as { messages: { text: string; to: string[] }[] };
    return messages.map(({ text, to }) => `${to}: ${text}`);
  };
  await intercom('ada', 'room', 'create', 'ops');
  await intercom('ada', 'send', '@ops', 'before');
  for (const agent of ['bold-fox', 'eve']) await intercom(agent, 'room', 'join', 'ops');
  await intercom('ada', 'send', '@ops', 'after');
  await intercom('ada', 'send', 'bold-fox', 'for you');
  expect(await unread()).toEqual(['@ops: after', 'bold-fox: for you']);
  await intercom('bold-fox', 'room', 'leave', 'ops');
  expect(await unread()).toEqual(['bold-fox: for you']);
  rooms.remove();
});

const damages: readonly Damage[] = ['no projection', 'no stamp', 'half a stamp', 'old stamp', 'commit by hand'];

test.each(damages)('with %s the whole command is asked', async (how) => {
  const damaged = new World();
  await damaged.happen({ kind: 'intercom', agent: 'ada', argv: ['claim', 'src/auth.ts'] });
  const asked: Question = { argv: ['check-edit', 'src/auth.ts'], agent: 'bold-fox', place: 'repo' };
  expect(await quick(damaged.call(asked))).toMatchObject({ code: 1 });
  damaged.damage(how);
  expect(await quick(damaged.call(asked))).toBeUndefined();
  expect(await whole(damaged.call(asked))).toMatchObject({ code: 1 });
  // The next thing that is written makes it anew.
  await damaged.happen({ kind: 'intercom', agent: 'ada', argv: ['claim', 'src/cart.ts'] });
  expect(await quick(damaged.call(asked))).toMatchObject({ code: 1 });
  damaged.remove();
});

test('with a file of claims that was cut below a stamp that was not the whole command is asked', async () => {
  const cut = new World();
  await cut.happen({ kind: 'intercom', agent: 'ada', argv: ['claim', 'src/auth.ts'] });
  const lines = join(cut.intercom, 'projection/claims/s-src');
  truncateSync(lines, readFileSync(lines).length - 3);
  const asked: Question = { argv: ['check-edit', 'src/auth.ts'], agent: 'bold-fox', place: 'repo' };
  expect(await whole(cut.call(asked))).toMatchObject({ code: 1 });
  // A full disk or a crash of the machine may do this, for neither file is synced.
  expect(await quick(cut.call(asked))).toBe(undefined);
  cut.remove();
});

/** Each makes the answer depend on something that is not read here. */
const doubts: Readonly<Record<string, (world: World) => void>> = {
  'a policy that names another branch': ({ repo }) => writePolicy(repo, 'branch: elsewhere\n'),
  'a policy that names another branch in braces': ({ repo }) => writePolicy(repo, '{branch: elsewhere}\n'),
  'a policy that cannot be read': ({ repo }) => writePolicy(repo, 'lease: [soon]\n'),
  'a name that another file of the configuration gives': (world) => {
    world.git('config', 'include.path', '../../included');
    writeFileSync(join(world.dir, 'included'), '[user]\n\tname = Somebody Else\n');
  },
  'a second file of the configuration': (world) => world.git('config', 'extensions.worktreeConfig', 'true'),
};

test.each(Object.entries(doubts))('with %s the whole command is asked', async (_what, make) => {
  const doubtful = new World();
  await doubtful.happen({ kind: 'intercom', agent: 'ada', argv: ['claim', 'src/auth.ts'] });
  make(doubtful);
  expect(await quick(doubtful.call({ argv: ['check-edit', 'src/auth.ts'], agent: undefined, place: 'repo' }))).toBe(
    undefined,
  );
  doubtful.remove();
});

test.each([
  '# nothing but remarks\n\n#branch: elsewhere\n',
  'lease:\n  default: 1h30m # long\n  max: 2h\nskipCi: false\n',
  'clock:\n  drift: 5m\n\nretention:\n  messages: 7d',
  'remote: origin  # of all\nsync:\n  idleInterval: 5m\n',
  'remote: git@example.org:team/app.git\n',
])('a plain policy keeps it quick: %j', async (text) => {
  const usual = new World();
  await usual.happen({ kind: 'intercom', agent: 'ada', argv: ['claim', 'src/auth.ts'] });
  writePolicy(usual.repo, text);
  usual.git('update-ref', 'refs/intercom/synced', 'intercom');
  usual.git('pack-refs', '--all', '--prune');
  const answer = await ask(usual, { argv: ['check-edit', 'src/auth.ts'], agent: undefined, place: 'repo' });
  expect(answer?.quickly).toEqual(answer?.wholly);
  expect(answer?.quickly.code).toBe(1);
  usual.remove();
});

test('a real process answers without main.cjs, and asks it when in doubt', async () => {
  const alone = join(world.dir, 'alone');
  const file = join(alone, 'bin.cjs');
  mkdirSync(alone);
  cpSync(join(root, 'dist/bin.cjs'), file);
  const bin = (...argv: string[]) => run(process.execPath, [file, ...argv], world.repo, world.env('bold-fox'));
  const conflict = await bin('check-edit', 'src/auth.ts', '--json');
  expect(JSON.parse(conflict.stdout)).toMatchObject({ verdict: 'conflict', rivals: [{ agent: 'ada' }] });
  expect(conflict).toMatchObject({ code: 1, stderr: '' });
  expect((await bin('peek', '--no-mark')).stdout).toContain('How long?');
  expect((await bin('check-edit', 'src/auth.ts', '--wat')).stderr).toMatch(/no such file .*main\.cjs/);
  expect((await bin('check-edit', 'src/*')).stderr).toMatch(/no such file .*main\.cjs/);
  renameSync(join(world.intercom, 'projection'), join(world.intercom, 'away'));
  expect((await bin('check-edit', 'src/auth.ts')).stderr).toMatch(/no such file .*main\.cjs/);
  renameSync(join(world.intercom, 'away'), join(world.intercom, 'projection'));
});
