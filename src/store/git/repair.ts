/**
 * Mending without losing: a torn ref goes back to the last tip that is known and whole, objects that a cleaner took are
 * written again, unreadable records and commits made by hand are set aside in a commit (the history keeps them), the
 * projection is made anew.
 */
import { IntercomError } from '../../domain/failure.ts';
import type { Oid } from '../../domain/oid.ts';
import { fencePath, isOfNewerVersion } from '../../domain/record/path.ts';
import { counted, oneLine } from '../../domain/text.ts';
import { clearProjection } from '../projection/project.ts';
import { readLastStamp, readStamp } from '../projection/stamp.ts';
import { readWhole, rootOf } from './branch-root.ts';
import { formatCommit, isOurs } from './commit.ts';
import { isTrue } from './config.ts';
import { firstParents } from './first-parents.ts';
import type { Inflight } from './inflight.ts';
import type { Repository } from './locate.ts';
import { findLostTip } from './lost-tip.ts';
import { findObeyed } from './obeyed.ts';
import type { ObjectReader } from './objects.ts';
import type { Projector } from './projector.ts';
import { RecordReader } from './record-reader.ts';
import { type BlobEdit, editRecords, findEntry, walkEntries } from './record-tree.ts';
import { removeOwnLeftover } from './ref-lock.ts';
import { compareAndSwapRef, mendTornRef, readRef, type Swap } from './refs.ts';
import { Stage } from './stage.ts';
import { insteadOfFile, type TreeEntry, type TreeReader } from './tree.ts';

interface Tools {
  readonly dir: string;
  /** Of the remote's branch, by a fetch of a person. */
  readonly tracking: string;
  readonly objects: ObjectReader;
  readonly trees: TreeReader;
  readonly projector: Projector;
  readonly inflight: Inflight;
  readonly nowMs: number;
  /** A commit as it is written: signed where the policy wants it. */
  readonly sealed: (commit: Buffer) => Promise<Buffer>;
}

/** Under the write lock. Answers what was mended, as sentences. */
export async function repair(repository: Repository, ref: string, tools: Tools): Promise<string[]> {
  const mended: string[] = [];
  removeOwnLeftover({ commonDir: repository.commonDir, ref, journalDir: tools.dir });
  const written = await tools.objects.secure(tools.inflight.all(), 'reading each');
  if (written > 0) {
    mended.push(`${counted(written, 'object')} that a cleaner or a crash had taken ${were(written)} written again.`);
  }
  const tip = await wholeTip(repository, ref, tools, mended);
  if (tip === null) return mended;
  const root = await rootOf(tools.objects, tools.trees, tip, ref);
  const now = await setAside(repository, ref, tip, root, tools, mended);
  const isStale = readStamp(tools.projector.dir)?.tip !== now;
  // Made anew in any case: nobody knows what befell its lines.
  clearProjection(tools.projector.dir);
  await tools.projector.refresh(now, tools.nowMs);
  if (isStale) mended.push('The projection for hooks was made anew.');
  return mended;
}

async function wholeTip(repository: Repository, ref: string, tools: Tools, mended: string[]): Promise<Oid | null> {
  const { objects, trees, projector, dir } = tools;
  let tip: Oid | null = null;
  let failure: IntercomError;
  try {
    tip = await readRef(repository, ref);
    if (tip !== null) await readWhole(objects, trees, tip, ref);
    return tip;
  } catch (thrown) {
    if (!(thrown instanceof IntercomError) || thrown.code !== 'damaged') throw thrown;
    failure = thrown;
  }
  // Going back to an older tip would lose what is only elsewhere.
  if (tip !== null && isBorrowing(repository)) throw failure;
  const stamped = readLastStamp(projector.dir)?.tip;
  const known = await findLostTip({ repository, ref, tracking: tools.tracking, objects, trees, dir, stamped });
  if (known === undefined) {
    throw new IntercomError({
      code: 'damaged',
      message: `${failure.message} No commit of the branch was found that could take its place.`,
      next: 'Fetch the branch from another clone; git fsck shows what is left of it here.',
      cause: failure,
    });
  }
  const swap: Swap =
    tip === null
      ? await mendTornRef(repository, ref, known, dir)
      : await compareAndSwapRef(repository, ref, tip, known, dir);
  if (swap !== 'swapped') return swap.moved === 'absent' ? null : swap.moved;
  const was = tip === null ? 'was torn' : `named ${tip.slice(0, 12)}, which is not whole`;
  mended.push(`${ref} ${was}; it names ${known.slice(0, 12)} again, the last tip that this clone has whole.`);
  return known;
}

async function setAside(
  repository: Repository,
  ref: string,
  tip: Oid,
  root: Oid,
  tools: Tools,
  mended: string[],
): Promise<Oid> {
  const { objects, trees, inflight, dir, nowMs } = tools;
  const records = new RecordReader(objects);
  const edits: BlobEdit[] = [];
  for await (const [path, entry] of walkEntries(trees, root, '')) {
    if (isOfNewerVersion(path)) continue;
    const record = await records.read(path, entry);
    if (record.kind !== 'unreadable' || record.isNewer || (await mayComeBack(entry, repository, objects))) continue;
    edits.push({ path, oid: path === fencePath ? await lastReadableFence(tip, tools, records) : undefined });
  }
  // What counts is the tree from before them, and a commit of ours on top says so to everybody.
  const byHand = (await findObeyed(objects, tip))?.byHand ?? [];
  if (edits.length === 0 && byHand.length === 0) return tip;
  const stage = new Stage(repository, inflight);
  const tree = await editRecords(trees, root, edits, stage);
  const names = edits.map(({ path }) => oneLine(path, 200));
  const commits = `${counted(byHand.length, 'commit')} made by hand`;
  const commit = formatCommit({
    tree,
    parent: tip,
    agent: 'git-intercom',
    uid: 'doctor',
    atMs: nowMs,
    headline: {
      op: 'set-aside',
      subject: `set aside ${names.length === 0 ? commits : `${counted(names.length, 'record')} that cannot be read`}`,
      ids: [],
      body: names.map((name) => `.intercom/${name}`).join('\n'),
    },
    skipCi: true,
  });
  const next = await stage.add('commit', await tools.sealed(commit));
  await stage.persist();
  if ((await compareAndSwapRef(repository, ref, tip, next, dir)) !== 'swapped') return tip;
  await stage.restoreMissing((oid) => objects.isStored(oid));
  if (byHand.length > 0) {
    const newest = byHand[0]?.slice(0, 12);
    mended.push(`${commits} ${were(byHand.length)} put aside: the branch goes on from before. See git show ${newest}.`);
  }
  if (names.length === 0) return next;
  mended.push(
    `${counted(names.length, 'record')} that cannot be read ${were(names.length)} set aside: ${names.join(', ')}. See git show ${next.slice(0, 12)}.`,
  );
  return next;
}

/** Content that is borrowed from another repository, or fetched when it is wanted, is not gone because it is not here. */
async function mayComeBack(entry: TreeEntry, repository: Repository, objects: ObjectReader): Promise<boolean> {
  const isGone = insteadOfFile(entry) === undefined && (await objects.find(entry.oid)) === undefined;
  return isGone && isBorrowing(repository);
}

function isBorrowing({ alternates, config }: Repository): boolean {
  const isPromised = [...config].some(([key, value]) => /^remote\..+\.promisor$/.test(key) && isTrue(value));
  return alternates.length > 0 || isPromised || config.has('extensions.partialclone');
}

/** The counter of grants must not begin anew: it goes on from the last commit that had it. */
async function lastReadableFence(tip: Oid, { objects, trees }: Tools, records: RecordReader): Promise<Oid | undefined> {
  for await (const { commit } of firstParents(objects, tip)) {
    const entry = isOurs(commit) ? await findEntry(trees, commit.tree, fencePath) : undefined;
    if ((await records.read(fencePath, entry))?.kind === 'fence') return entry?.oid;
  }
  return undefined;
}

function were(count: number): string {
  return count === 1 ? 'was' : 'were';
}
