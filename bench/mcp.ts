/** What an MCP server costs: its start, its memory, a call, a notice, and doing nothing. Needs Linux's /proc. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runBench, type Setting } from './measure/bench.ts';
import { fill } from './measure/fast-import.ts';
import { type Client, startHandWritten, startServer } from './measure/json-rpc.ts';
import { processorMs, residentBytes } from './measure/process.ts';
import { allowManyUnread, makeRepository, removeRepository } from './measure/repository.ts';
import { type Row, rowOf, showMegabytes, showMs, showPercent } from './measure/row.ts';
import { inTurns, median, quantile } from './measure/sample.ts';

const live = { claims: 500, messages: 500 };
/** Of the fixture, and held by another. */
const claimedPath = 'packages/module-2/src/part-2.ts';
const idleServers = 3;
/** Long enough for the collector, which tidies up once after a start. */
const settleMs = 20_000;
const idleMs = 10_000;
const idleShareMax = 0.005;
const warmUps = 50;

interface Size {
  readonly starts: number;
  readonly calls: number;
  readonly notices: number;
}

async function benchMcp({ isShort }: Setting): Promise<Row[]> {
  const size = isShort ? { starts: 15, calls: 200, notices: 100 } : { starts: 60, calls: 1_000, notices: 500 };
  const dir = makeRepository();
  allowManyUnread(dir);
  try {
    await fill(dir, { live, codeObjects: 0 });
    return [
      ...(await starts(dir, size)),
      ...(await idle(dir)),
      await callRow(dir, size),
      ...(await notices(dir, size)),
    ];
  } finally {
    await removeRepository(dir);
  }
}

async function starts(dir: string, { starts }: Size): Promise<Row[]> {
  const emptyCache = join(dir, '.git/empty-cache');
  const cacheFolder = join(dir, '.git/cache');
  const agent = 'bold-fox';
  await answerOnce(startServer({ dir, agent, cacheFolder }));
  const ms: number[][] = [[], [], []];
  // By hand and not by inTurns: how a server ends is not its start.
  for (let n = 0; n < starts; n++) {
    rmSync(emptyCache, { recursive: true, force: true });
    ms[0]?.push(await answerOnce(startHandWritten(dir)));
    ms[1]?.push(await answerOnce(startServer({ dir, agent, cacheFolder: emptyCache })));
    ms[2]?.push(await answerOnce(startServer({ dir, agent, cacheFolder })));
  }
  const [floor = 0, cold = 0, cached = 0] = ms.map(median);
  const row = (how: string, measured: number, atMost: number) =>
    rowOf({
      what: `start to the answer of initialize, ${how} (p50 of ${starts}), against a hand-written server`,
      measured,
      floor,
      show: showMs,
      mustReach: { atMost },
    });
  return [row('the first of all', cold, 3.2), row('with the code cache of the first', cached, 2.5)];
}

async function answerOnce(client: Client): Promise<number> {
  const ms = await client.initialize();
  await client.close();
  return ms;
}

/** Several servers in one repository, each beside a hand-written one; what each takes when nothing has happened. */
async function idle(dir: string): Promise<Row[]> {
  const servers: Client[] = [];
  const floors: Client[] = [];
  try {
    for (let n = 0; n < idleServers; n++) {
      const server = startServer({ dir, agent: `idle-${n}` });
      servers.push(server);
      await server.makeReady();
      const floor = startHandWritten(dir);
      floors.push(floor);
      await floor.initialize();
    }
    await sleep(settleMs);
    const before = servers.map(({ pid }) => processorMs(pid));
    const start = performance.now();
    await sleep(idleMs);
    const passedMs = performance.now() - start;
    const shares = servers.map(({ pid }, n) => (processorMs(pid) - (before[n] as number)) / passedMs);
    const [measured = 0, floor = 0] = [servers, floors].map((each) =>
      median(each.map(({ pid }) => residentBytes(pid))),
    );
    return [
      rowOf({
        what: `memory of an idle server beside ${live.claims + live.messages} records, against a hand-written one`,
        measured,
        floor,
        show: showMegabytes,
        mustReach: { atMost: 1.5 },
      }),
      rowOf({
        what: `an idle server's share of a processor in ${idleMs / 1000} s, against the mark`,
        measured: Math.max(...shares),
        floor: idleShareMax,
        show: showPercent,
        mustReach: { atMost: 1 },
      }),
    ];
  } finally {
    await closeAll([...servers, ...floors]);
  }
}

async function callRow(dir: string, { calls }: Size): Promise<Row> {
  const server = startServer({ dir, agent: 'bold-fox' });
  const handWritten = startHandWritten(dir);
  try {
    await server.makeReady();
    await handWritten.initialize();
    const samples = [server, handWritten].map((client) => ({
      name: String(client.pid),
      run: () => client.call('check_edit', { paths: [claimedPath] }),
    }));
    await inTurns(warmUps, samples);
    const [measured = 0, floor = 0] = (await inTurns(calls, samples)).map(median);
    return rowOf({
      what: `check_edit of a claimed path (p50 of ${calls}), against an empty tool of a hand-written server`,
      measured,
      floor,
      show: showMs,
      mustReach: { atMostMore: 1 },
    });
  } finally {
    await closeAll([server, handWritten]);
  }
}

/** From the start of the call, which is the stricter reading: a notice may come before the sender has its answer. */
async function notices(dir: string, { notices }: Size): Promise<Row[]> {
  const sender = startServer({ dir, agent: 'bold-fox' });
  const receiver = startServer({ dir, agent: 'calm-owl' });
  const fromStartMs: number[] = [];
  const fromAnswerMs: number[] = [];
  try {
    for (const server of [sender, receiver]) await server.makeReady();
    await receiver.request('resources/subscribe', { uri: 'intercom://inbox' });
    for (let n = 0; n < notices; n++) {
      const heard = heardAt(receiver);
      const start = performance.now();
      await sender.call('send', { to: ['calm-owl'], text: `I am at part ${n}. Its tests come next.` });
      const answered = performance.now();
      const at = await heard;
      fromStartMs.push(at - start);
      fromAnswerMs.push(at - answered);
      await sleep(20);
    }
  } finally {
    await closeAll([sender, receiver]);
  }
  const row = (share: number, floor: number) => {
    const beside = showMs(quantile(fromAnswerMs, share));
    return rowOf({
      what: `start of send to the notice in another server (p${share * 100} of ${notices}; ${beside} from its answer)`,
      measured: quantile(fromStartMs, share),
      floor,
      show: showMs,
      mustReach: { atMost: 1 },
    });
  };
  return [row(0.5, 30), row(0.99, 150)];
}

function heardAt(receiver: Client): Promise<number> {
  return new Promise((resolve) => {
    receiver.onNotification((method) => {
      if (method === 'notifications/resources/updated') resolve(performance.now());
    });
  });
}

async function closeAll(clients: readonly Client[]): Promise<void> {
  await Promise.all(clients.map((client) => client.close()));
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

runBench(benchMcp);
