/** What an acknowledgement costs that notes whom it heard, by which answers in a row are counted, against one that notes nothing. */
import { openIntercom, resultOf, runBench, type Setting } from './measure/bench.ts';
import { allowManyUnread, makeRepository, removeRepository } from './measure/repository.ts';
import { type Row, rowOf, showMs } from './measure/row.ts';
import { inTurns, median } from './measure/sample.ts';

const warmUps = 10;
/** Longer ago than an answer may wait to be one in a row. */
const longAgoMs = 2 * 3_600_000;

async function benchAck({ isShort }: Setting): Promise<Row[]> {
  const rounds = isShort ? 60 : 200;
  const dir = makeRepository();
  allowManyUnread(dir);
  const reader = await openIntercom({ dir, agent: 'bold-fox' });
  try {
    resultOf(await reader.status({ state: 'active' }));
    const before = { ...process.env, INTERCOM_TEST_CLOCK: new Date(Date.now() - longAgoMs).toISOString() };
    const old = await idsFrom(dir, { agent: 'slow-owl', env: before }, rounds + warmUps);
    const fresh = await idsFrom(dir, { agent: 'wry-newt' }, rounds + warmUps);
    const ackNext = async (ids: string[]) => resultOf(await reader.ack({ ids: ids.splice(0, 1) }));
    for (let n = 0; n < warmUps; n++) for (const ids of [fresh, old]) await ackNext(ids);
    const samples = [fresh, old].map((ids, n) => ({ name: String(n), run: () => ackNext(ids) }));
    const [noted = 0, plain = 0] = (await inTurns(rounds, samples)).map(median);
    return [
      rowOf({
        what: `one acknowledgement that notes whom it heard (p50 of ${rounds}), against one that notes nothing`,
        measured: noted,
        floor: plain,
        show: showMs,
        mustReach: { atMost: 1.5 },
      }),
    ];
  } finally {
    await reader.close();
    await removeRepository(dir);
  }
}

async function idsFrom(
  dir: string,
  who: { readonly agent: string; readonly env?: NodeJS.ProcessEnv },
  messages: number,
): Promise<string[]> {
  const sender = await openIntercom({ dir, ...who });
  try {
    const ids: string[] = [];
    for (let n = 0; n < messages; n++) {
      const { message } = resultOf(await sender.send({ to: ['bold-fox'], text: `part ${n} is ready` }));
      ids.push(message.id);
    }
    return ids;
  } finally {
    await sender.close();
  }
}

runBench(benchAck);
