/** Fixtures of any size in seconds, by `git fast-import`: live records on the coordination branch, history of the code. */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { isOurs, parseCommit } from '../../src/store/git/commit.ts';
import { encodeRecord } from '../../src/store/records.ts';
import { command } from './bench.ts';
import { newPlacement } from './placement.ts';
import { type Counts, filedRecords } from './records.ts';
import { git } from './repository.ts';

export interface Contents {
  /** On the coordination branch. */
  readonly live: Counts;
  /** Whether the messages have left the tip again, by a second commit. */
  readonly isPast?: boolean;
  /** Objects of the code's own history. */
  readonly codeObjects: number;
}

/**
 * All in one pack, also the records: so it is after anybody's `git gc`. Throws where the branch would not count as made by
 * us, for then every figure would be that of an empty one.
 */
export async function fill(dir: string, { live, isPast = false, codeObjects }: Contents): Promise<void> {
  execFileSync(process.execPath, [command, '-C', dir, '--agent', 'agent-0', 'init', '--harness', 'none'], {
    stdio: 'ignore',
  });
  const importer = spawn('git', ['-C', dir, '-c', 'fastimport.unpackLimit=0', 'fast-import', '--quiet'], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(importer, 'close');
  let pending = '';
  const flush = async () => {
    if (!importer.stdin.write(pending)) await Promise.race([once(importer.stdin, 'drain'), ended]);
    pending = '';
  };
  for (const parts of [coordination(live, isPast), codeHistory(codeObjects)]) {
    for (const part of parts) {
      pending += part;
      if (pending.length > 2 ** 20) await flush();
    }
  }
  await flush();
  importer.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`git fast-import ended with code ${code}`);
  const tip = parseCommit(Buffer.from(git(dir, ['cat-file', 'commit', 'refs/heads/intercom'])));
  if (!isOurs(tip)) throw new Error('The imported commit would count as made by hand.');
  git(dir, ['reset', '--quiet', '--mixed']);
}

const author = () => `committer Agent <agent-0@intercom.invalid> ${Math.floor(Date.now() / 1000)} +0000\n`;

function* coordination(live: Counts, isPast: boolean): Iterable<string> {
  const place = newPlacement();
  const files: string[] = [];
  let mark = 0;
  for (const { record, paths } of filedRecords(live)) {
    yield `blob\nmark :${++mark}\n${data(Buffer.from(encodeRecord(record)).toString('utf8'))}`;
    for (const path of paths) files.push(`M 100644 :${mark} ${place(path)}\n`);
  }
  yield* commit('fill');
  yield 'from refs/heads/intercom^0\n';
  yield* files;
  if (!isPast) return;
  yield* commit('gc');
  yield 'D .intercom/messages\nD .intercom/inbox\n';
}

function* commit(op: string): Iterable<string> {
  yield `commit refs/heads/intercom\n${author()}`;
  const who = 'Intercom-Agent: agent-0\nIntercom-Uid: u00000000000000000000';
  yield data(`Fill the branch\n\n[skip ci]\n\nIntercom-Op: ${op}\n${who}\n`);
}

const filesPerCommit = 8;
/** The files, their folder, the folder of folders, the root, the commit. */
const objectsPerCommit = filesPerCommit + 4;
const folders = 200;

function* codeHistory(objects: number): Iterable<string> {
  for (let commit = 0; commit * objectsPerCommit < objects; commit++) {
    yield `commit refs/heads/main\n${author()}${data(`Change ${commit}\n`)}`;
    for (let file = 0; file < filesPerCommit; file++) {
      const content = `// ${commit}.${file}\n${randomBytes(150).toString('base64')}\n`;
      yield `M 100644 inline src/module-${commit % folders}/part-${file}.ts\n${data(content)}`;
    }
  }
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
