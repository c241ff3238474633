/**
 * The first commit of every coordination branch: the same bytes in every clone and every version, so that two clones
 * that begin apart still share their history. A golden test holds its object id.
 */
import type { Oid } from '../../domain/oid.ts';
import { formatText } from './branch-format.ts';
import { formatFile } from './placement.ts';
import { rootFolder } from './record-tree.ts';
import type { Stage } from './stage.ts';
import { fileMode, folderMode, formatTree, type TreeEntry, type TreeReader } from './tree.ts';

const readme = `# Coordination

This branch is where people and coding agents who work on this repository say who edits what, and talk.
git-intercom writes it; each file is one record. It never holds code and is never merged into another branch.

- \`agents\` who takes part · \`claims\` who holds which paths now · \`waiting\` who stands in line
- \`inbox\` what is not acknowledged yet · \`messages\`, \`threads\`, \`receipts\` what was said, and who read it

What is over leaves the tree and stays in the history: \`git log\` on this branch tells what happened.
Do not commit here by hand: use \`git intercom\`.
`;

const person = 'git-intercom <git-intercom@intercom.invalid> 1767225600 +0000';

export interface RootCommit {
  readonly commit: Oid;
  readonly tree: Oid;
}

/** Its trees are remembered by `trees`: they are not on the disk before the stage is persisted. */
export async function stageRootCommit(stage: Stage, trees: TreeReader): Promise<RootCommit> {
  const entries = [
    { mode: fileMode, name: 'README.md', oid: await stage.add('blob', Buffer.from(readme)) },
    { mode: fileMode, name: formatFile, oid: await stage.add('blob', Buffer.from(formatText)) },
  ];
  const folder = await stageTree(entries, stage, trees);
  const tree = await stageTree([{ mode: folderMode, name: rootFolder, oid: folder }], stage, trees);
  const message = 'Open the coordination branch\n\n[skip ci]\n\nIntercom-Op: open\n';
  const commit = await stage.add(
    'commit',
    Buffer.from(`tree ${tree}\nauthor ${person}\ncommitter ${person}\n\n${message}`),
  );
  return { commit, tree };
}

async function stageTree(entries: readonly TreeEntry[], stage: Stage, trees: TreeReader): Promise<Oid> {
  const tree = new Map(entries.map((entry) => [entry.name, entry]));
  const oid = await stage.add('tree', formatTree(tree));
  trees.remember(oid, tree);
  return oid;
}
