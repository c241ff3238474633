/** Records that were made before the repository joined a hub, with their paths as the hub has them. */
import { qualified } from '../pattern/repository.ts';
import type { AnyRecord } from '../record/record.ts';

/** What has its repository already, and what has no paths, stays. An unreadable record holds what it held. */
export function qualifiedRecord<T extends AnyRecord | undefined>(record: T, key: string | null | undefined): T {
  if (!key || record === undefined || record.kind === 'unreadable' || !('paths' in record)) return record;
  const inHub = (paths: readonly string[]) => paths.map((path) => qualified(path, key));
  const files = 'files' in record && record.files !== undefined ? { files: inHub(record.files) } : {};
  return { ...record, paths: inHub(record.paths as readonly string[]), ...files };
}
