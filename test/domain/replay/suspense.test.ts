import { expect, test } from 'vitest';
import { Draft } from '../../../src/domain/draft.ts';
import { formatId } from '../../../src/domain/id.ts';
import { defaultPolicy } from '../../../src/domain/policy.ts';
import { folderOf } from '../../../src/domain/record/path.ts';
import type { Past } from '../../../src/domain/replay/past.ts';
import { Renames } from '../../../src/domain/replay/renames.ts';
import { type Replayed, replay } from '../../../src/domain/replay/replay.ts';
import { instantOf } from '../../../src/domain/time.ts';
import { NotLoaded, View } from '../../../src/domain/view.ts';
import { grant } from '../claim/acts.ts';
import type { World } from '../world.ts';
import { apart, arrive } from './clones.ts';

/** Runs a replay on a view that has nothing loaded, as a store does; every run draws ids of its own. */
function loading(authority: World, past: Past, renames: Renames): { replayed: Replayed; runs: number } {
  const view = new View({ ignoreCase: false });
  let drawn = 0;
  const { nowMs } = authority;
  for (let runs = 1; runs < 100; runs += 1) {
    try {
      const context = {
        ...{ nowMs, now: instantOf(nowMs), policy: defaultPolicy, evidence: new Map(), seenSinceMs: () => undefined },
        processState: () => 'unknown' as const,
        newId: () => formatId(nowMs + drawn++, new Uint8Array(7)),
        actor: { uid: past.uid, name: past.agent, host: 'here' },
      };
      return { replayed: replay(new Draft(view), past, context, renames, () => false), runs };
    } catch (thrown) {
      if (!(thrown instanceof NotLoaded)) throw thrown;
      const { wanted } = thrown;
      if ('path' in wanted) view.loadRecord(wanted.path, authority.records.get(wanted.path));
      else view.loadFolder(wanted.folder, folder(authority, wanted.folder));
    }
  }
  throw new Error('the replay never had all that it reached for');
}

function folder({ records }: World, wanted: string) {
  const inside = [...records].filter(([path]) => folderOf(path) === wanted);
  return new Map(inside.map(([path, record]) => [path.slice(wanted.length + 1), record]));
}

test('a replay ends though each of its runs draws other ids for its notices, and renames once', () => {
  const { authority, here, there } = apart('ada', 'bob');
  grant(there, 'bob', 'a');
  there.greet('fox');
  here.actor('fox', { uid: 'uid-other' });
  here.greet('fox');
  grant(here, 'ada', 'a');
  arrive(authority, there.commits);
  const renames = new Renames();
  const [registration, claim] = here.commits as [Past, Past];
  const first = loading(authority, registration, renames);
  expect(first.runs).toBeGreaterThan(1);
  expect(first.replayed.renamed).toEqual([{ uid: 'uid-other', from: 'fox', to: 'fox-2' }]);
  expect(first.replayed.edits.map(({ path }) => path.replace(/\/[0-9a-z]{16}$/, '/…')).sort()).toEqual([
    'agents/fox-2',
    'inbox/fox-2/…',
    'messages/…',
  ]);
  expect(loading(authority, claim, renames).replayed.withdrawn).toMatchObject([{ agent: 'ada' }]);
});
