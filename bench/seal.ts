/** What sealing costs: once for each of ten members where they get a key, and in a message to a private room of ten. */
import { openSealing } from '../src/sealing/open.ts';
import { openIntercom, resultOf, runBench, type Setting } from './measure/bench.ts';
import { makeRepository, removeRepository } from './measure/repository.ts';
import { type Row, rowOf, showMs } from './measure/row.ts';
import { inTurns, median } from './measure/sample.ts';

const members = 10;
const warmUps = 20;

async function benchSeal({ isShort }: Setting): Promise<Row[]> {
  const rounds = isShort ? 40 : 200;
  return [await sealForMembers(rounds), await sendToRoom(rounds)];
}

async function sealForMembers(rounds: number): Promise<Row> {
  const sealing = openSealing('nowhere');
  const pairs = await Promise.all(Array.from({ length: members }, () => sealing.makePair()));
  const recipients = pairs.map(({ recipient }) => recipient);
  const seal = () => sealing.seal('deploying at noon', recipients);
  for (let n = 0; n < warmUps; n++) await seal();
  const [times = []] = await inTurns(rounds, [{ name: 'seal', run: seal }]);
  return rowOf({
    what: `one text sealed for ${members} members (p50 of ${rounds})`,
    measured: median(times),
    floor: 0,
    show: showMs,
    mustReach: { atMostMore: 50 },
  });
}

/** For information: a room has a key for as long as its members stay, so that a message is sealed once. */
async function sendToRoom(rounds: number): Promise<Row> {
  const dir = makeRepository();
  const intercom = await openIntercom({ dir, agent: 'bold-fox' });
  try {
    resultOf(await intercom.room({ action: 'create', room: 'ops' }));
    resultOf(await intercom.room({ action: 'create', room: 'vault', visibility: 'private' }));
    for (let n = 1; n < members; n++) {
      const agent = `member-${n}`;
      const member = await openIntercom({ dir, agent });
      resultOf(await member.room({ action: 'join', room: 'ops' }));
      resultOf(await intercom.room({ action: 'invite', room: 'vault', agents: [agent] }));
      resultOf(await member.room({ action: 'join', room: 'vault' }));
      await member.close();
    }
    const say = async (to: string) => resultOf(await intercom.send({ to: [to], text: 'deploying at noon' }));
    for (let n = 0; n < warmUps; n++) for (const to of ['@vault', '@ops']) await say(to);
    const samples = ['@vault', '@ops'].map((to) => ({ name: to, run: () => say(to) }));
    const [sealed = 0, open = 0] = (await inTurns(rounds, samples)).map(median);
    return {
      what: `one message to a private room of ${members} (p50 of ${rounds}), against one to a public room`,
      measured: showMs(sealed),
      floor: showMs(open),
      ratio: (sealed / open).toFixed(2),
      mustReach: 'for information',
      isMet: true,
    };
  } finally {
    await intercom.close();
    await removeRepository(dir);
  }
}

runBench(benchSeal);
