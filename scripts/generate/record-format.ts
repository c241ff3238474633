/** The generated parts of schema/README.md: what a stranger would see on a branch, made by the code that writes it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordBytesMax } from '../../src/domain/limits.ts';
import type { Oid } from '../../src/domain/oid.ts';
import type { LiveRecord } from '../../src/domain/record/record.ts';
import { keyCharsMax, levelsMax } from '../../src/store/codec/bounds.ts';
import { ownEntriesMax, shardOf } from '../../src/store/git/placement.ts';
import { parseTree } from '../../src/store/git/tree.ts';
import { project } from '../../src/store/projection/project.ts';
import { writeStamp } from '../../src/store/projection/stamp.ts';
import { encodeRecord } from '../../src/store/records.ts';
import { type Branch, filesOf, listTree, makeBranch, textOf } from './branch.ts';
import { fieldsTable, formsTable } from './fields.ts';
import { type JsonSchema, kinds, schemaOfKind } from './json-schema.ts';
import { code, fence, table } from './markdown.ts';
import { playScene, type Records, type Step, sceneMachine } from './scene.ts';

const placesByKind: Readonly<Record<LiveRecord['kind'], string>> = {
  agent: '`agents/<name>`',
  claim: '`claims/<id>`',
  waiting: '`waiting/<id>`',
  landing: '`landing/<id>`',
  message:
    '`messages/<id>`, `threads/<thread>/<id>`, `inbox/<name>/<id>`, `broadcast/<id>`, `asks/<id>`, `escalations/<id>`, `awaited/<id>`',
  receipt: '`receipts/<id of the message>`',
  key: '`keys/<hash>`',
  fence: '`fence`',
  subscription: '`subscriptions/<name>`',
  spec: '`specs/<name>`',
  room: '`rooms/<name>`',
  roomkey: '`roomkeys/<membership>/<id>`',
};

export async function recordFormat(): Promise<ReadonlyMap<string, string>> {
  const { steps, records } = playScene();
  const branch = await makeBranch(steps);
  const tip = branch.commits.at(-1) as Oid;
  const sections = new Map([
    ['tree', shell('git ls-tree -r --name-only intercom', filesOf(branch, branch.treeOf(tip)).join('\n'))],
    ['kinds', kindsTable()],
    ['forms', formsTable()],
    ['bounds', boundsList()],
    ['shards', shardExample(records)],
    ['log', shell('git log --oneline --reverse intercom', subjectsOf(branch))],
    ['commit', shell(...commitOf(branch, steps))],
    ['root', rootCommit(branch)],
    ['projection', projectionOf(steps, tip)],
  ]);
  for (const kind of kinds) sections.set(kind, sectionOf(kind, records));
  return sections;
}

function kindsTable(): string {
  const rows = kinds.map((kind) => {
    const file = `${kind}.schema.json`;
    return [
      `[${kind}](#${kind})`,
      placesByKind[kind],
      schemaOfKind(kind).description ?? '',
      `[${code(file)}](${file})`,
    ];
  });
  return table(['kind', 'where', 'what', 'schema'], rows);
}

/** The example is the first record of its kind that the scene has. */
function sectionOf(kind: LiveRecord['kind'], records: Records): string {
  const found = [...records].find(([, record]) => record.kind === kind);
  if (found === undefined) throw new Error(`the scene has no ${kind}`);
  const [path, record] = found;
  const yaml = Buffer.from(encodeRecord(record)).toString('utf8');
  const schema: JsonSchema = schemaOfKind(kind);
  return [`${code(`.intercom/${path}.yaml`)}`, fence('yaml', yaml), fieldsTable(schema)].join('\n\n');
}

function boundsList(): string {
  return [
    `- A file has at most ${recordBytesMax} bytes, in UTF-8 without control characters.`,
    `- Maps and lists lie at most ${levelsMax} levels deep in each other, and a key has at most ${keyCharsMax} characters.`,
  ].join('\n');
}

function shardExample(records: Records): string {
  const path = [...records.keys()].find((known) => known.startsWith('claims/')) ?? '';
  const id = path.slice('claims/'.length);
  const [first, second] = [shardOf(id, 0), shardOf(id, 1)];
  const places = [path, `claims/${first}/${id}`, `claims/${first}/${second}/${id}`];
  const conditions = [
    `if ${code('claims')} had fewer than ${ownEntriesMax} entries when it came`,
    'if it was full',
    `if ${code(first)} was full, too`,
  ];
  return table(
    ['path of the same claim', ''],
    places.map((place, n) => [code(`.intercom/${place}.yaml`), conditions[n] ?? '']),
  );
}

function subjectsOf(branch: Branch): string {
  const subjects = branch.commits.map((oid) => textOf(branch, oid).split('\n\n')[1]?.split('\n')[0] ?? '');
  return branch.commits.map((oid, n) => `${oid.slice(0, 7)} ${subjects[n]}`).join('\n');
}

function commitOf(branch: Branch, steps: readonly Step[]): [command: string, output: string] {
  const oid = branch.commits[steps.findIndex(({ headline }) => headline.op === 'claim') + 1] as Oid;
  return [`git cat-file commit ${oid.slice(0, 7)}`, textOf(branch, oid)];
}

function rootCommit(branch: Branch): string {
  const root = branch.commits[0] as Oid;
  const tree = branch.treeOf(root);
  const folder = onlyEntry(branch, tree);
  const files = [...parseTree(branch.objects.get(folder)?.content ?? Buffer.alloc(0)).values()];
  return [
    shell(`git cat-file commit ${root}`, textOf(branch, root)),
    shell(
      `git ls-tree ${tree.slice(0, 7)} && git ls-tree ${folder.slice(0, 7)}`,
      `${listTree(branch, tree)}\n${listTree(branch, folder)}`,
    ),
    ...files.map(({ oid }) => shell(`git cat-file blob ${oid.slice(0, 7)}`, textOf(branch, oid))),
  ].join('\n\n');
}

function onlyEntry(branch: Branch, tree: Oid): Oid {
  const [entry] = parseTree(branch.objects.get(tree)?.content ?? Buffer.alloc(0)).values();
  return entry?.oid as Oid;
}

/** Written to a folder by the projection itself, and read back. */
function projectionOf(steps: readonly Step[], tip: Oid): string {
  const dir = mkdtempSync(join(tmpdir(), 'git-intercom-projection-'));
  try {
    const before = new Map<string, LiveRecord>();
    for (const { edits, atMs } of steps) {
      const changes = edits.map(({ path, record }) => ({ path, before: before.get(path), after: record ?? undefined }));
      project(dir, changes, { ignoreCase: false, nowMs: atMs });
      for (const { path, record } of edits) {
        if (record === null) before.delete(path);
        else before.set(path, record);
      }
    }
    writeStamp(dir, { tip, hubKey: null, commitsSincePacking: steps.length });
    ofTheScene(join(dir, 'stamp'));
    const names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
    const files = names.filter((name) => statSync(join(dir, name)).isFile()).sort();
    return files
      .map((name) => shell(`cat -A .git/intercom/projection/${name}`, visible(readFileSync(join(dir, name), 'utf8'))))
      .join('\n\n');
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A stamp names the machine that wrote it: here the one of the scene, not the one that generates. */
function ofTheScene(file: string): void {
  const { host, bootId } = sceneMachine;
  const [format, tip, commits] = readFileSync(file, 'utf8').split(' ');
  writeFileSync(file, `${[format, tip, commits, bootId, host].join(' ')}\n`);
}

/** As `cat -A` shows it: tabs matter here. */
function visible(text: string): string {
  return text.replaceAll('\t', '^I').replaceAll('\n', '$\n');
}

function shell(command: string, output: string): string {
  return fence('console', `$ ${command}\n${output}`);
}
