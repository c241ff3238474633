/**
 * The remote's branch was put back to an older state, so tokens were granted that its counter does not know. A new epoch
 * makes every token from here on larger than all of them.
 */
import type { Oid } from '../../domain/oid.ts';
import { fencePath } from '../../domain/record/path.ts';
import { instantOf } from '../../domain/time.ts';
import type { Branch } from '../git/branch.ts';
import { findEntry } from '../git/record-tree.ts';
import type { Replay } from './replaying.ts';

/** No agent's: whichever clone comes first begins it. */
const agent = 'git-intercom';

/** `lost` is the tip that the remote's branch has no more. */
export async function beginEpoch(replay: Replay, lost: Oid, branch: Branch): Promise<void> {
  const roots = [replay.snapshot.root, await branch.snapshot.rootOf(lost)];
  const fences = await Promise.all(
    roots.map(async (root) => branch.records.read(fencePath, await findEntry(branch.trees, root, fencePath))),
  );
  const epochs = fences.map((fence) => (fence?.kind === 'fence' ? fence.epoch : 0));
  const counters = fences.map((fence) => (fence?.kind === 'fence' ? fence.counter : 0));
  const epoch = Math.max(...epochs) + 1;
  const counter = Math.max(...counters);
  const nowMs = branch.options.clock();
  await replay.link({
    agent,
    uid: agent,
    atMs: nowMs,
    skipCi: branch.policy.skipCi,
    headline: { op: 'epoch', subject: `begin epoch ${epoch}: the remote's branch was put back`, ids: [] },
    edits: [
      { path: fencePath, record: { v: 1, id: 'fence', kind: 'fence', agent, at: instantOf(nowMs), epoch, counter } },
    ],
  });
}
