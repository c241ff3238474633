/**
 * Mending without losing: a torn ref goes back to the last tip that is known and whole, objects that a cleaner took are
 * written again, unreadable records are set aside in a commit (the history keeps them), the projection is made anew.
 */
import { IntercomError } from '../../domain/failure.ts';
import { isOid, type Oid } from '../../domain/oid.ts';
import { clearProjection } from '../projection/project.ts';
import { readLastStamp, readStamp } from '../projection/stamp.ts';
import { decodeRecord } from '../records.ts';
import { formatCommit, parseCommit } from './commit.ts';
import type { Inflight } from './inflight.ts';
import type { Repository } from './locate.ts';
import { inflateObject } from './loose.ts';
import type { ObjectReader } from './objects.ts';
import type { Projector } from './projector.ts';
import { editRecords, walkBlobs } from './record-tree.ts';
import { removeOwnLeftover } from './ref-lock.ts';
import { compareAndSwapRef, isTornRef, readRef, replaceTornRef } from './refs.ts';
import { Stage } from './stage.ts';
import type { TreeReader } from './tree.ts';

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
  removeOwnLeftover({ commonDir: repository.commonDir, ref, journalDir: tools.dir });
  const written = await tools.objects.secure(tools.inflight.objects());
  if (written > 0) mended.push(`${written} objects that a cleaner or a crash had taken were written again.`);
  const tip = await wholeTip(repository, ref, tools, mended);
  if (tip === null) return mended;
  const now = await setAside(repository, ref, tip, tools, mended);
  if (readStamp(tools.projector.dir)?.tip !== now) {
    clearProjection(tools.projector.dir);
    await tools.projector.refresh(now, tools.nowMs);
    mended.push('The projection for hooks was made anew.');
  }
  return mended;
}

async function wholeTip(repository: Repository, ref: string, tools: Tools, mended: string[]): Promise<Oid | null> {
  try {
    return await readRef(repository, ref);
  } catch (thrown) {
    if (!isTornRef(thrown)) throw thrown;
    const known = await lastTip(tools);
    if (known === undefined) throw thrown;
    if ((await replaceTornRef(repository, ref, known, tools.dir)) !== 'swapped') return readRef(repository, ref);
    mended.push(`${ref} was torn; it names ${known.slice(0, 12)} again, the last tip that this clone recorded.`);
    return known;
  }
}

/** The stamp is not synced to the disk and may be older than what was acknowledged; what is in flight is. */
async function lastTip(tools: Tools): Promise<Oid | undefined> {
  const stamped = readLastStamp(tools.projector.dir)?.tip;
  const known = stamped !== undefined && isOid(stamped) && (await isWholeCommit(stamped, tools)) ? stamped : undefined;
  for (const { oid, deflated } of tools.inflight.objects().reverse()) {
    if (inflateObject(deflated)?.type !== 'commit' || !(await isWholeCommit(oid, tools))) continue;
    if (known === undefined || (await descends(oid, known, tools))) return oid;
  }
  return known;
}

async function isWholeCommit(oid: Oid, { objects, trees }: Tools): Promise<boolean> {
  const commit = await objects.find(oid);
  if (commit?.type !== 'commit') return false;
  try {
    for await (const [, blob] of walkBlobs(trees, parseCommit(commit.content).tree, '')) await objects.read(blob);
    return true;
  } catch (thrown) {
    if (thrown instanceof IntercomError) return false;
    throw thrown;
  }
}

async function descends(from: Oid, ancestor: Oid, { objects }: Tools): Promise<boolean> {
  for (let oid: Oid | undefined = from; oid !== undefined; ) {
    if (oid === ancestor) return true;
    const commit = await objects.find(oid);
    oid = commit === undefined ? undefined : parseCommit(commit.content).parents[0];
  }
  return false;
}

async function setAside(repository: Repository, ref: string, tip: Oid, tools: Tools, mended: string[]): Promise<Oid> {
  const { objects, trees, inflight, dir, nowMs } = tools;
  const root = parseCommit((await objects.read(tip)).content).tree;
  const paths: string[] = [];
  for await (const [path, oid] of walkBlobs(trees, root, '')) {
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
