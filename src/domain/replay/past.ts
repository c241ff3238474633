/** A commit that was acknowledged in a clone and is not on the authority: what there is to decide again. */
import { broadcastFolder, folderOf, kindOf } from '../record/path.ts';
import type { Instant } from '../time.ts';
import type { Change } from '../view.ts';

export interface Past {
  readonly op: string;
  readonly agent: string;
  readonly uid: string;
  /** When it was decided. */
  readonly at: Instant;
  readonly ids: readonly string[];
  readonly key?: string | undefined;
  readonly subject: string;
  readonly body?: string | undefined;
  readonly paths: readonly string[];
  /** `before` as in the tree of its parent, `after` as in its own. */
  readonly edits: readonly Change[];
}

/**
 * Whether the commit adds messages and does nothing else: then its files can be copied as they are, without reading
 * them. That holds only while no name of the chain has lost (`Renames.isEmpty`) and the authority has nothing at these
 * paths; where it has one of them, the commit is there already or has to be replayed. Whom a message to many reaches is
 * decided again, for the members of a room may be others.
 */
export function isPlainFact(edits: readonly { readonly path: string; readonly isNew: boolean }[]): boolean {
  return (
    edits.length > 0 &&
    edits.every(({ path, isNew }) => isNew && kindOf(path) === 'message' && folderOf(path) !== broadcastFolder)
  );
}

/** Changes below one top folder, the fence excepted, which belongs to none. */
export function editsIn(folder: string, { edits }: Past): Change[] {
  return edits.filter(({ path }) => folderOf(path).split('/', 1)[0] === folder);
}
