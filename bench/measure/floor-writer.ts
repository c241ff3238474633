/**
 * What one durable claim costs without a design: a blob, four trees, a commit and a ref, one after the other, each
 * deflated, written to a temporary file, synced and renamed. No lock, no decision, no comparison, no reading.
 *
 * No folder is synced, as git itself syncs none (`core.fsync`, git-config(1)); the store does sync the ref's folder.
 */
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';

/** As a claim beside 100 others has them: records in `claims`, the folders above it, and one that is half full. */
const entriesByTree = [100, 20, 6, 1];

/** Writes below `dir`, by the same names as an object store. */
export function openFloorWriter(dir: string): () => void {
  mkdirSync(join(dir, 'objects'), { recursive: true });
  mkdirSync(join(dir, 'refs'), { recursive: true });
  const writeObject = (type: string, content: Buffer) => {
    const whole = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
    const oid = createHash('sha1').update(whole).digest('hex');
    writeFile(join(dir, 'objects', oid.slice(0, 2), oid.slice(2)), deflateSync(whole));
    return oid;
  };
  return () => {
    writeObject('blob', text(450));
    for (const entries of entriesByTree) writeObject('tree', Buffer.concat(Array.from({ length: entries }, treeEntry)));
    const oid = writeObject('commit', text(500));
    writeFile(join(dir, 'refs', 'intercom'), Buffer.from(`${oid}\n`));
  };
}

function writeFile(path: string, bytes: Uint8Array): void {
  if (!existsSync(dirname(path))) mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.lock`;
  const fd = openSync(temporary, 'wx', 0o644);
  writeSync(fd, bytes);
  fsyncSync(fd);
  closeSync(fd);
  renameSync(temporary, path);
}

function text(chars: number): Buffer {
  return Buffer.from(randomBytes(chars / 2).toString('hex'));
}

function treeEntry(): Buffer {
  return Buffer.concat([Buffer.from(`100644 ${randomBytes(8).toString('hex')}.yaml\0`), randomBytes(20)]);
}
