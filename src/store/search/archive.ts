/** Questions about the past, answered from the index. */
import { join } from 'node:path';
import type { Oid } from '../../domain/oid.ts';
import type { AnyRecord } from '../../domain/record/record.ts';
import type { Branch } from '../git/branch.ts';
import { inBatches } from '../git/in-batches.ts';
import { fileMode } from '../git/tree.ts';
import { pathOf } from './docs.ts';
import { type Hit, hitsIn, lastOid } from './hits.ts';
import { bringUpToDate, discard, isUnwritable, openAnew, openIndex } from './index-files.ts';
import type { Archive, TellProgress } from './port.ts';
import { DamagedIndex, type Segment } from './segment.ts';

export function openArchive(branch: Branch): Archive {
  const dir = join(branch.dir, 'search');

  /** `ask` must read all that it needs before it returns: the files are closed then. */
  async function asked<T>(ask: (segments: readonly Segment[]) => T, nothing: T, tell?: TellProgress): Promise<T> {
    const tip = await branch.readTip();
    if (tip === null) return nothing;
    try {
      return answered(await openIndex(dir, tip, branch, tell), ask);
    } catch (cause) {
      if (!(cause instanceof DamagedIndex || cause instanceof RangeError)) throw cause;
      return answered(await openAnew(dir, tip, branch, tell), ask);
    }
  }

  function read({ key, oid }: Pick<Hit, 'key' | 'oid'>): Promise<AnyRecord> {
    const path = pathOf(key);
    return branch.records.read(path, { mode: fileMode, name: path, oid: oid as Oid });
  }

  return {
    find: async (wanted, tell) => {
      const hits = await asked((segments) => hitsIn(segments, wanted, branch.repository), [], tell);
      return inBatches(hits, read);
    },
    last: async (paths) => {
      const oids = await asked((segments) => paths.map((path) => lastOid(segments, path)), []);
      return inBatches(
        paths.map((key, n) => ({ key, oid: oids[n] })),
        async ({ key, oid }) => (oid === undefined ? undefined : read({ key, oid })),
      );
    },
    pathsEnding: (folder, ending) =>
      asked((segments) => {
        const keys = new Set(segments.flatMap((segment) => [...segment.keysEnding(ending)]));
        return [...keys].filter((key) => key.startsWith(`${folder}/`) && lastOid(segments, key) !== undefined);
      }, []),
    tend: async () => {
      const tip = await branch.readTip();
      if (tip === null) return;
      try {
        await bringUpToDate(dir, tip, branch, 'whole');
      } catch (cause) {
        if (cause instanceof DamagedIndex) discard(dir);
        else if (!isUnwritable(cause)) throw cause;
      }
    },
  };
}

function answered<T>(segments: readonly Segment[], ask: (segments: readonly Segment[]) => T): T {
  try {
    return ask(segments);
  } finally {
    for (const segment of segments) segment.close();
  }
}
