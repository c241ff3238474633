/** Which segments make the index, and for which tip: `index.json`, changed by rename, so that a reader finds a whole one. */
import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Oid } from '../../domain/oid.ts';
import { syncFolder, writeWhole } from '../local/durable.ts';
import { makeFolder, share } from '../local/shared-modes.ts';
import { formNumber, sumOf } from './segment-form.ts';

export interface Manifest {
  /** The commit that it stands for. */
  readonly tip: Oid;
  readonly segments: readonly ListedSegment[];
}

export interface ListedSegment {
  readonly name: string;
  readonly docs: number;
}

/** Undefined where there is none, one of another form, or one with other bytes than were written. */
export function readManifest(dir: string): Manifest | undefined {
  try {
    const { form, sum, ...manifest } = JSON.parse(readFileSync(join(dir, 'index.json'), 'utf8')) as Manifest & {
      form: number;
      sum: number;
    };
    return form === formNumber && sum === sumIn(manifest) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

function sumIn(manifest: Manifest): number {
  return sumOf(Buffer.from(JSON.stringify(manifest)));
}

/** Under the lock of the index. Rejects where the disk does. */
export function writeManifest(dir: string, manifest: Manifest): void {
  writeDurably(dir, 'index.json', Buffer.from(JSON.stringify({ form: formNumber, sum: sumIn(manifest), ...manifest })));
  const listed = new Set(manifest.segments.map(({ name }) => name));
  for (const name of readdirSync(dir)) {
    if (name.endsWith('.segment') && !listed.has(name)) rmSync(join(dir, name), { force: true });
  }
}

/** Whole after a crash, or not there: a power cut must not leave an index that looks well. */
export function writeDurably(dir: string, name: string, bytes: Uint8Array): void {
  makeFolder(dir);
  const made = join(dir, `${name}.made`);
  const fd = openSync(made, 'w');
  try {
    writeWhole(fd, bytes);
    share(made);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(made, join(dir, name));
  syncFolder(dir);
}
