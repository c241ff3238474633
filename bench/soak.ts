/** Many servers, each with a client, act on one repository for minutes: what was answered is there, and nothing grows. */
import { execFileSync } from 'node:child_process';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { command, openIntercom, resultOf, runBench, type Setting } from './measure/bench.ts';
import { type Acts, type CallTool, newActs, Worker } from './measure/mixed-work.ts';
import { residentBytes } from './measure/process.ts';
import { randomFrom } from './measure/random.ts';
import { git, makeRepository, removeRepository } from './measure/repository.ts';
import { type Row, rowOf, showCount, showMegabytes } from './measure/row.ts';
import { median } from './measure/sample.ts';

const ref = 'refs/heads/intercom';
const clients = 20;
const samplesMs = 500;
/**
 * A server's heap grows until it was collected as a whole, which is a matter of calls and not of time: in 20 s each answers
 * some forty. So each answers as many before anything is measured, in a short run as in a long one.
 */
const warmingCalls = 300;

async function benchSoak({ isShort, seconds = isShort ? 20 : 600 }: Setting): Promise<Row[]> {
  const dir = makeRepository();
  try {
    const names = Array.from({ length: clients }, (_, n) => `soaker-${n}`);
    const acts = newActs();
    const memory = await work(dir, names, acts, seconds);
    expectSound(dir, names[0] as string);
    const what = `${clients} servers, ${acts.calls} calls in ${seconds} s`;
    const unexpected = acts.unexpected.slice(0, 5).join('; ');
    if (unexpected !== '') console.error(unexpected);
    const count = (part: string, measured: number, floor: number) =>
      rowOf({ what: `${what}: ${part}`, measured, floor, show: showCount, mustReach: { atLeast: 1 } });
    return [
      count('answered as they should be, against all', acts.calls - acts.unexpected.length, acts.calls),
      count('acts as they were answered in the history and at the tip, against all', ...countOnBranch(dir, acts)),
      count(
        'messages unread or acknowledged, against what was sent, for each of its readers',
        ...(await countMail(dir, acts)),
      ),
      rowOf({
        what: `${what}: memory of a server that has answered ${warmingCalls} calls before, in the last third against the one before`,
        measured: median(memory.slice(Math.floor((memory.length * 2) / 3))),
        floor: median(memory.slice(Math.floor(memory.length / 3), Math.floor((memory.length * 2) / 3))),
        show: showMegabytes,
        mustReach: { atMost: 1.1 },
      }),
    ];
  } finally {
    await removeRepository(dir);
  }
}

/** The mean memory of all servers at each sample. */
async function work(dir: string, names: readonly string[], acts: Acts, seconds: number): Promise<number[]> {
  const opened: Opened[] = [];
  const memory: number[] = [];
  try {
    for (const name of names) opened.push(await openClient(dir, name));
    // Nobody can be written to before it is registered, which its first call waits for.
    await Promise.all(opened.map(({ call }) => call('who', {})));
    await Promise.all(opened.map(({ call }) => warm(call)));
    const endMs = performance.now() + seconds * 1000;
    const timer = setInterval(() => {
      memory.push(opened.reduce((sum, { pid }) => sum + residentBytes(pid), 0) / opened.length);
    }, samplesMs);
    try {
      await Promise.all(
        opened.map(({ call }, n) =>
          new Worker({ names, self: n, call, acts, random: randomFrom(n + 1) }).runUntil(endMs),
        ),
      );
    } finally {
      clearInterval(timer);
    }
    return memory;
  } finally {
    await Promise.all(opened.map(({ close }) => close()));
  }
}

/** With calls that only look: what is recorded would be another's to wait for. */
async function warm(call: CallTool): Promise<void> {
  for (let n = 0; n < warmingCalls; n++) {
    if (n % 3 === 0) await call('who', {});
    else if (n % 3 === 1) await call('check_edit', { paths: ['src/file-0.ts'] });
    else await call('peek', {});
  }
}

interface Opened {
  readonly pid: number;
  readonly call: CallTool;
  readonly close: () => Promise<void>;
}

async function openClient(dir: string, name: string): Promise<Opened> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [command, 'mcp'],
    cwd: dir,
    env: { ...process.env, INTERCOM_AGENT: name } as Record<string, string>,
    stderr: 'inherit',
  });
  const client = new Client({ name: 'soak', version: '0' });
  await client.connect(transport);
  return {
    pid: transport.pid as number,
    call: async (tool, args) => {
      const { isError = false, structuredContent = {} } = await client.callTool({ name: tool, arguments: args });
      return { isError: isError === true, structure: structuredContent as Record<string, unknown> };
    },
    close: () => client.close(),
  };
}

function expectSound(dir: string, agent: string): void {
  const complaints = git(dir, ['fsck', '--strict', '--full', '--no-dangling', '--no-progress']);
  if (complaints !== '') throw new Error(`git fsck --strict: ${complaints}`);
  // Throws, with what it found, when its exit code says that something is wrong.
  execFileSync(process.execPath, [command, '-C', dir, '--agent', agent, 'doctor'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** By the real git: how many acts are as they were answered, and how many there are. */
function countOnBranch(dir: string, { claimed, released, sent, acknowledged }: Acts): [measured: number, all: number] {
  const history = idsIn(git(dir, ['log', '--format=', '--name-only', '--no-renames', ref]));
  const tip = git(dir, ['ls-tree', '-r', '--name-only', ref]).split('\n');
  const held = idsIn(tip.filter((file) => file.startsWith('.intercom/claims/')).join('\n'));
  const inboxes = new Set(tip.map((file) => file.replace(/\/_[^/]*(?=\/)/g, '')));
  const kept = [
    ...[...claimed].map((id) => history.has(id) && held.has(id) !== released.has(id)),
    ...[...sent.keys()].map((id) => history.has(id)),
    ...[...acknowledged].flatMap(([agent, ids]) =>
      [...ids].map((id) => history.has(id) && !inboxes.has(`.intercom/inbox/${agent}/${id}.yaml`)),
    ),
  ];
  return [kept.filter(Boolean).length, kept.length];
}

function idsIn(files: string): Set<string> {
  return new Set(files.split('\n').map((file) => file.slice(file.lastIndexOf('/') + 1, -'.yaml'.length)));
}

/** How many are there for one of their readers, or acknowledged by him, and how many there are. */
async function countMail(dir: string, { sent, acknowledged }: Acts): Promise<[measured: number, all: number]> {
  let there = 0;
  let all = 0;
  const readers = new Set([...sent.values()].flat());
  for (const agent of readers) {
    const intercom = await openIntercom({ dir, agent });
    const { messages } = resultOf(await intercom.peek({ limit: 1_000, mark: false }));
    await intercom.close();
    const unread = new Set(messages.map(({ id }) => id));
    const mine = [...sent].filter(([, to]) => to.includes(agent)).map(([id]) => id);
    all += mine.length;
    // One of the two, and not both: what is acknowledged has left the inbox.
    there += mine.filter((id) => unread.has(id) !== (acknowledged.get(agent)?.has(id) ?? false)).length;
  }
  return [there, all];
}

runBench(benchSoak);
