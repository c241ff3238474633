/**
 * Mending without losing: a torn ref goes back to the last tip that is known and whole, objects that a cleaner took are
 * written again, unreadable records are set aside in a commit (the history keeps them), the projection is made anew.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { IntercomError } from '../../domain/failure.ts';
import { isOid, type Oid } from '../../domain/oid.ts';
import { clearProjection } from '../projection/project.ts';
import { readStamp } from '../projection/stamp.ts';
import { decodeRecord } from '../records.ts';
import { formatCommit, parseCommit } from './commit.ts';
import type { Inflight } from './inflight.ts';
import type { Repository } from './locate.ts';
import type { ObjectReader } from './objects.ts';
import type { Projector } from './projector.ts';
import { editRecords, walkBlobs } from './record-tree.ts';
import { compareAndSwapRef, readRef } from './refs.ts';
import { Stage, writeDurably } from './stage.ts';
import { fileMode, folderMode, type TreeReader } from './tree.ts';

interface Tools {
  readonly dir: string;
  readonly objects: ObjectReader;
  readonly trees: TreeReader;
  readonly projector: Projector;
  readonly inflight: Inflight;
  readonly nowMs: number;
}

/** Under the write lock. Answers what was mended, as sentences. */
export async function repair(repository: Repository, ref: string, tools: Tools): Promise<string[]> {
  const mended: string[] = [];
  const tip = await wholeTip(repository, ref, tools, mended);
  if (tip === null) return mended;
  await rewriteLost(repository, tip, tools, mended);
  const now = await setAside(repository, ref, tip, tools, mended);
  if (readStamp(tools.projector.dir)?.tip !== now) {
    clearProjection(tools.projector.dir);
    await tools.projector.refresh(now, tools.nowMs);
    mended.push('The projection for hooks was made anew.');
  }
  return mended;
}

async function wholeTip(
  repository: Repository,
  ref: string,
  { projector, objects, dir }: Tools,
  mended: string[],
): Promise<Oid | null> {
  try {
    return await readRef(repository, ref);
  } catch (thrown) {
    if (!(thrown instanceof IntercomError) || thrown.code !== 'damaged') throw thrown;
    const known = readStamp(projector.dir)?.tip;
    if (known === undefined || !isOid(known) || (await objects.find(known)) === undefined) throw thrown;
    rmSync(join(repository.commonDir, ref), { force: true });
    const packed = await readRef(repository, ref);
    await compareAndSwapRef(repository, ref, packed ?? 'absent', known, dir);
    mended.push(`${ref} was torn; it names ${known.slice(0, 12)} again, the last tip that this clone recorded.`);
    return known;
  }
}

/** Objects of the tip's tree that only the bytes in flight still have. */
async function rewriteLost(
  repository: Repository,
  tip: Oid,
  { objects, inflight }: Tools,
  mended: string[],
): Promise<void> {
  const wanted: Oid[] = [tip, parseCommit((await objects.read(tip)).content).tree];
  let written = 0;
  for (let oid = wanted.pop(); oid !== undefined; oid = wanted.pop()) {
    const object = await objects.read(oid);
    if (object.type === 'tree') wanted.push(...treeOids(object.content));
    const deflated = (await objects.isStored(oid)) ? undefined : inflight.find(oid);
    if (deflated === undefined) continue;
    await writeDurably(repository.objectsDir, [{ oid, deflated }]);
    written++;
  }
  if (written > 0) mended.push(`${written} objects that a cleaner had taken were written again.`);
}

function treeOids(content: Buffer): Oid[] {
  const oids: Oid[] = [];
  for (let at = 0; at < content.length; ) {
    const mode = content.toString('latin1', at, content.indexOf(32, at));
    const end = content.indexOf(0, at);
    if (mode === fileMode || mode === folderMode) oids.push(content.toString('hex', end + 1, end + 21) as Oid);
    at = end + 21;
  }
  return oids;
}

async function setAside(repository: Repository, ref: string, tip: Oid, tools: Tools, mended: string[]): Promise<Oid> {
  const { objects, trees, inflight, dir, nowMs } = tools;
  const root = parseCommit((await objects.read(tip)).content).tree;
  const paths: string[] = [];
  for await (const [path, oid] of walkBlobs(trees, root, '')) {
    if (path === 'format') continue;
    if (decodeRecord(path, (await objects.read(oid)).content).kind === 'unreadable') paths.push(path);
  }
  if (paths.length === 0) return tip;
  const stage = new Stage(repository, inflight);
  const tree = await editRecords(
    trees,
    root,
    paths.map((path) => ({ path, oid: undefined })),
    stage,
  );
  const headline = {
    op: 'set-aside',
    subject: `set aside ${paths.length} records that cannot be read`,
    ids: [],
    body: paths.map((path) => `.intercom/${path}`).join('\n'),
  };
  const commit = formatCommit({
    tree,
    parent: tip,
    agent: 'git-intercom',
    uid: 'doctor',
    atMs: nowMs,
    headline,
    skipCi: true,
  });
  const next = await stage.add('commit', commit);
  await stage.persist();
  if ((await compareAndSwapRef(repository, ref, tip, next, dir)) !== 'swapped') return tip;
  mended.push(
    `${paths.length} records that cannot be read were set aside: ${paths.join(', ')}. git show ${next.slice(0, 12)} has them.`,
  );
  return next;
}
