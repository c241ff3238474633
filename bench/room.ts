/** What a message to a room of 50 costs against one to a single agent: it is stored once, whoever many read it. */
import { openIntercom, resultOf, runBench, type Setting } from './measure/bench.ts';
import { allowManyUnread, makeRepository, removeRepository } from './measure/repository.ts';
import { type Row, rowOf, showMs } from './measure/row.ts';
import { inTurns, median } from './measure/sample.ts';

const members = 50;
const warmUps = 20;

async function benchRoom({ isShort }: Setting): Promise<Row[]> {
  const rounds = isShort ? 60 : 200;
  const dir = makeRepository();
  allowManyUnread(dir);
  const intercom = await openIntercom({ dir, agent: 'bold-fox' });
  try {
    resultOf(await intercom.room({ action: 'create', room: 'ops' }));
    for (let n = 0; n < members; n++) {
      const member = await openIntercom({ dir, agent: `member-${n}` });
      resultOf(await member.room({ action: 'join', room: 'ops' }));
      await member.close();
    }
    const say = async (to: string) => resultOf(await intercom.send({ to: [to], text: 'deploying at noon' }));
    for (let n = 0; n < warmUps; n++) for (const to of ['@ops', 'member-0']) await say(to);
    const samples = ['@ops', 'member-0'].map((to) => ({ name: to, run: () => say(to) }));
    const [room = 0, one = 0] = (await inTurns(rounds, samples)).map(median);
    return [
      rowOf({
        what: `one message to a room of ${members} (p50 of ${rounds}), against one to a single agent`,
        measured: room,
        floor: one,
        show: showMs,
        mustReach: { atMost: 2 },
      }),
    ];
  } finally {
    await intercom.close();
    await removeRepository(dir);
  }
}

runBench(benchRoom);
