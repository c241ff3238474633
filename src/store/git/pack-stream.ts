/** A pack as it goes over a wire: `PACK`, version 2, each object whole, and the digest of it all (gitformat-pack(5)). */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { type GitObject, looseLevel } from './loose.ts';

const typeNumbers: Readonly<Record<GitObject['type'], number>> = { commit: 1, tree: 2, blob: 3, tag: 4 };

/** What is in trees are ids, which no level makes shorter; packing finds how little one differs from the next. */
const storedLevel = 0;

export function encodePack(objects: readonly GitObject[]): Buffer {
  const head = Buffer.alloc(12);
  head.write('PACK', 'latin1');
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(objects.length, 8);
  const parts = [
    head,
    ...objects.flatMap(({ type, content }) => [
      entryHead(type, content.length),
      deflateSync(content, { level: type === 'tree' ? storedLevel : looseLevel }),
    ]),
  ];
  const digest = createHash('sha1');
  for (const part of parts) digest.update(part);
  return Buffer.concat([...parts, digest.digest()]);
}

/** Three bits of type and four of size in the first byte, then seven bits of size each; the highest says that more follows. */
function entryHead(type: GitObject['type'], size: number): Buffer {
  const bytes: number[] = [];
  let byte = (typeNumbers[type] << 4) | (size & 0x0f);
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push(byte | 0x80);
    byte = rest & 0x7f;
  }
  return Buffer.from([...bytes, byte]);
}
