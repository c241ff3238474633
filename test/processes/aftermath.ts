/** What must be true of a repository after a process was killed in it. Each answers sentences; none is well. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Intercom, openIntercom } from '../../src/index.ts';
import { open } from '../../src/open.ts';
import { doctor } from '../../src/operations/doctor.ts';
import { Inflight } from '../../src/store/git/inflight.ts';
import { locate } from '../../src/store/git/locate-head.ts';
import { ObjectReader } from '../../src/store/git/objects.ts';
import { Projector } from '../../src/store/git/projector.ts';
import { RecordReader } from '../../src/store/git/record-reader.ts';
import { TreeReader } from '../../src/store/git/tree.ts';
import type { Finding } from '../../src/store/port.ts';
import { idOfClaimLine } from '../../src/store/projection/claims-lines.ts';
import { readLines } from '../../src/store/projection/line-file.ts';
import { idBeforeSpace } from '../../src/store/projection/mail-lines.ts';
import { dataHome } from './command.ts';
import { commitsOf, filesAt, fsck, makeFolder, tipOf } from './repository.ts';

/** A person would call it "at once", on a machine that does much else. */
const momentMs = 5_000;
/** One person's, in this process and in those of the command. */
const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', XDG_DATA_HOME: dataHome };

export async function asAgent<T>(dir: string, agent: string, act: (intercom: Intercom) => Promise<T>): Promise<T> {
  const intercom = await openIntercom({ dir, agent, env, lifetime: 'none' });
  try {
    return await act(intercom);
  } finally {
    await intercom.close();
  }
}

export async function askDoctor(dir: string, { fix }: { readonly fix: boolean }): Promise<readonly Finding[]> {
  const { session } = await open({ cwd: dir, env, agent: 'grace' });
  try {
    const answer = await doctor.run({ fix }, session);
    if (answer.status !== 'done') throw new Error(`doctor is ${answer.status}`);
    return answer.value.findings;
  } finally {
    await session.store.close();
  }
}

/** What somebody runs next, a doctor or just the next command; `kept` are files that were acknowledged before. */
export async function troublesAfter(dir: string, kept: readonly string[], next: 'doctor' | 'work'): Promise<string[]> {
  return [
    ...fsck(dir).map((line) => `fsck at once: ${line}`),
    ...(await (next === 'doctor' ? troublesWithDoctor : troublesWithoutDoctor)(dir, kept)),
  ];
}

async function troublesWithDoctor(dir: string, kept: readonly string[]): Promise<string[]> {
  const before = await askDoctor(dir, { fix: false });
  const after = await askDoctor(dir, { fix: true });
  return [
    ...before.filter(({ level }) => level === 'error').map(({ what }) => `doctor is alarmed: ${what}`),
    ...after
      .filter(({ what }) => !what.startsWith('Coordination is not open'))
      .map(({ what }) => `doctor --fix did not mend: ${what}`),
    ...(await soundness(dir, kept)).map((line) => `after doctor --fix: ${line}`),
  ];
}

/**
 * The next commands undo what the killed one may have done: a half written projection would go on showing it, for
 * nothing has changed between what it stood for before and the new tip.
 */
async function troublesWithoutDoctor(dir: string, kept: readonly string[]): Promise<string[]> {
  const troubles: string[] = [];
  const startedMs = performance.now();
  try {
    await asAgent(dir, 'joan', (joan) => joan.release({ all: true }));
    await asAgent(dir, 'ada', (ada) => ada.ack({ all: true }));
    const answer = await asAgent(dir, 'grace', (grace) => grace.claim({ paths: ['after/the/crash.ts'] }));
    if (answer.status !== 'done') troubles.push(`the next command is ${answer.status}`);
  } catch (thrown) {
    troubles.push(`the next command fails: ${(thrown as Error).message}`);
  }
  const ms = performance.now() - startedMs;
  if (ms > momentMs) troubles.push(`the next commands took ${Math.round(ms)} ms`);
  return [
    ...troubles,
    ...(await askDoctor(dir, { fix: false })).map(({ what }) => `doctor after the next command: ${what}`),
    ...(await soundness(dir, kept)),
  ];
}

/** Nothing lost, nothing torn, no lock left behind, a linear history, and a projection that says what the tip says. */
export async function soundness(dir: string, kept: readonly string[]): Promise<string[]> {
  const tip = tipOf(dir);
  if (tip === undefined) return [...fsck(dir), ...leftLocks(dir)];
  return [
    ...fsck(dir).map((line) => `fsck: ${line}`),
    ...lost(filesAt(dir, tip), kept),
    ...leftLocks(dir),
    ...notLinear(dir),
    ...(await staleProjection(dir, tip)),
  ];
}

function lost(files: readonly string[], kept: readonly string[]): string[] {
  return kept.filter((file) => !files.includes(file)).map((file) => `lost: ${file}`);
}

function leftLocks(dir: string): string[] {
  const names = ['write.lock', 'ref-journal', 'ref-lock'];
  const ours = readdirSync(join(dir, '.git/intercom')).filter((file) => names.some((name) => file.startsWith(name)));
  const line = join(dir, '.git/intercom/line');
  return [
    ...ours,
    ...(existsSync(line) ? readdirSync(line) : []),
    ...readdirSync(join(dir, '.git/refs/heads')).filter((name) => name.endsWith('.lock')),
  ].map((name) => `left: ${name}`);
}

function notLinear(dir: string): string[] {
  const commits = commitsOf(dir);
  return commits.flatMap(({ oid, parents }, n) => {
    const isRoot = n === commits.length - 1;
    return parents.length === (isRoot ? 0 : 1) && (isRoot || parents[0] === commits[n + 1]?.oid)
      ? []
      : [`${oid} has the parents ${parents.join(', ')}`];
  });
}

/** Where the projection says another thing than one that is made from the tip alone. */
async function staleProjection(dir: string, tip: string): Promise<string[]> {
  const repository = await locate({ cwd: dir, env: process.env });
  const objects = new ObjectReader(repository, new Inflight(makeFolder(), repository.commonDir));
  const fresh = makeFolder();
  try {
    const projector = new Projector(fresh, objects, new TreeReader(objects), new RecordReader(objects), {
      ignoreCase: repository.ignoreCase,
      ref: 'refs/heads/intercom',
    });
    await projector.refresh(tip as Parameters<Projector['refresh']>[0], Date.now());
  } finally {
    objects.close();
  }
  const expected = projected(fresh);
  const found = projected(join(dir, '.git/intercom/projection'));
  return [
    ...[...found].filter((line) => !expected.has(line)).map((line) => `projected, but not so: ${line}`),
    ...[...expected].filter((line) => !found.has(line)).map((line) => `not projected: ${line}`),
  ];
}

/** Every line that holds, without the instant at which this clone first saw a claim. */
function projected(dir: string): Set<string> {
  const lines = new Set<string>();
  for (const folder of ['claims', 'mail']) {
    const idOf = folder === 'claims' ? idOfClaimLine : idBeforeSpace;
    for (const file of existsSync(join(dir, folder)) ? readdirSync(join(dir, folder)) : []) {
      if (file.includes('~')) continue;
      for (const line of [...readLines(join(dir, folder, file), idOf).values()].flat()) {
        lines.add(`${file} ${folder === 'claims' ? line.replace(/\t\d+\t/, '\t') : line}`);
      }
    }
  }
  return lines;
}
