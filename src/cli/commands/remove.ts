/** Taking back what `init` did. */
import { IntercomError } from '../../domain/failure.ts';
import { done } from '../../operations/answer.ts';
import { remove } from '../../operations/remove.ts';
import type { Session } from '../../operations/session.ts';
import type { MachineSetup, WrittenPolicy } from '../../setup/port.ts';
import type { FreeCalling, FreeCommand } from '../command.ts';
import { type RemoveResult, renderRemove } from '../render/setup.ts';
import { UsageError } from '../usage-error.ts';
import type { Words } from '../words.ts';

export function removeCommand(openSetup: () => MachineSetup): FreeCommand<RemoveResult> {
  return {
    name: 'remove',
    synopsis: '',
    summary: 'take back what init did, byte for byte; the branch stays',
    group: 'Set-up',
    options: [
      { name: 'dry-run', summary: 'show what would change, and change nothing' },
      { name: 'yes', short: 'y', summary: 'do not ask' },
    ],
    notes: [
      'Of this machine, all harnesses; of the repositories, the one it is run in. A file that somebody changed since loses what is of git-intercom, and nothing else.',
    ],
    runFree: (words, calling) => run(words, calling, openSetup()),
    render: renderRemove,
  };
}

async function run(words: Words, { openSession, terminal, isJson }: FreeCalling, setup: MachineSetup) {
  const session = await whereThereIsOne(openSession);
  try {
    const isRehearsal = words.flag('dry-run');
    const mayAsk = !isRehearsal && !isJson && terminal.isInteractive && process.stdin.isTTY === true;
    if (mayAsk && !words.flag('yes') && !(await setup.confirm('Take git-intercom away from this machine?'))) {
      throw new UsageError('Nothing was changed.', 'Run git intercom remove --dry-run to see what would be.');
    }
    const commonDir = session?.store.place.commonDir;
    const policy = commonDir === undefined ? undefined : setup.policyOf(commonDir);
    // Whatever still calls us goes first: it would make the folder of the repository anew.
    const report = setup.remove({ commonDir, isRehearsal });
    const local = await takeDown(session, isRehearsal, policy);
    return done<RemoveResult>({
      ...{ changed: [...local.changed, ...report.changed], branch: local.branch },
      ...{
        commands: report.commands,
        notes: report.notes,
        refused: report.refused,
        diff: report.diff,
        dryRun: isRehearsal,
      },
    });
  } finally {
    await session?.store.close();
  }
}

async function takeDown(session: Session | undefined, dryRun: boolean, policy: WrittenPolicy | undefined) {
  if (session === undefined) return { branch: null, changed: [] };
  const isThere = (await session.store.locateBranch())?.ref === session.store.place.ref;
  const gone = await remove.run({ dryRun, policy }, session);
  if (gone.status !== 'done') throw new Error('remove is done or fails');
  return { branch: isThere ? gone.value.branch : null, changed: gone.value.changed };
}

async function whereThereIsOne(openSession: () => Promise<Session>): Promise<Session | undefined> {
  try {
    return await openSession();
  } catch (thrown) {
    if (thrown instanceof IntercomError && thrown.code === 'not-a-repository') return undefined;
    throw thrown;
  }
}
