/**
 * The version of the branch as a whole, `v` in `.intercom/format.yaml`. A version that changes what the records together
 * mean counts it up, so that an older program stops instead of writing beside what it does not understand.
 */
import { createHash } from 'node:crypto';
import { IntercomError } from '../../domain/failure.ts';
import { decodeYaml } from '../codec/decode.ts';
import type { ObjectReader } from './objects.ts';
import type { TreeEntry } from './tree.ts';

const version = 1;

export const formatText = `v: ${version}
kind: format
about: coordination records of git-intercom, one YAML file each
`;

const ours = createHash('sha1').update(`blob ${formatText.length}\0${formatText}`).digest('hex');

/**
 * Rejects with `unsupported-repository` where the branch is of a newer version. A file that cannot be read says nothing
 * of that, and is let pass: the branch is ours, and a hand that spoiled this file spoiled no record.
 */
export async function checkBranchFormat(objects: ObjectReader, entry: TreeEntry, ref: string): Promise<void> {
  if (entry.oid === ours) return;
  const found = await objects.find(entry.oid);
  const decoded = found?.type === 'blob' ? decodeYaml(found.content) : undefined;
  const named = decoded?.ok === true ? decoded.value.v : undefined;
  if (typeof named !== 'number' || !(named > version)) return;
  throw new IntercomError({
    code: 'unsupported-repository',
    message: `${ref} is a coordination branch of version ${named}, and this git-intercom knows version ${version}. Nothing was read or recorded.`,
    next: 'Update git-intercom where you installed it from: npm install git-intercom@latest (with --global where it is).',
    data: { ref, version: named },
  });
}
