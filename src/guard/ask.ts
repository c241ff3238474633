/**
 * From a hook of a harness to its answer: paths are found in their repositories, each repository is asked for itself, and
 * the strictest answer counts. A guard that fails lets through what it was asked about, and says so.
 */
import { join, resolve } from 'node:path';
import { IntercomError } from '../domain/failure.ts';
import { type GuardAnswer, nothingToSay, type SessionEvent } from '../domain/guard/event.ts';
import { ended, oneLine } from '../domain/text.ts';
import { instantOf } from '../domain/time.ts';
import type { Hook, HookEvent } from '../harness/harness.ts';
import { shellWrites } from '../harness/shell/writes.ts';
import { guard } from '../operations/guard/guard.ts';
import type { Session } from '../operations/session.ts';
import { kindAt } from '../store/git/kind-at.ts';
import type { Repository } from '../store/git/locate.ts';
import { readPolicy } from '../store/policy-file.ts';
import { type GuardedPath, guardedPaths } from './paths.ts';

export interface GuardingParts {
  /** The session of the hook in this repository; undefined where coordination was never opened. */
  readonly sessionIn: (repository: Repository) => Promise<Session | undefined>;
  /** Where the session works, when the hook does not say. */
  readonly cwd: string;
  /** Without the variables that would send us to another repository. */
  readonly env: NodeJS.ProcessEnv;
}

export interface HookAnswer {
  readonly answer: GuardAnswer;
  /** Called when the answer is on its way to the agent: what it carried counts as delivered from then on. */
  readonly delivered: () => void;
}

/** Harnesses wait for five seconds; an answer that is late counts as none. */
const patienceMs = 4_000;

export async function answerHook(hook: Hook, parts: GuardingParts): Promise<HookAnswer> {
  const cwd = hook.cwd ?? parts.cwd;
  const asking = ask(hook, { ...parts, cwd });
  asking.catch(() => {});
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${patienceMs / 1000} s`)), patienceMs);
  });
  try {
    return await Promise.race([asking, late]);
  } catch (thrown) {
    return { answer: failed(thrown, hook.event, cwd, parts.env), delivered: () => {} };
  } finally {
    clearTimeout(timer);
  }
}

async function ask(hook: Hook, parts: GuardingParts): Promise<HookAnswer> {
  const answers: HookAnswer[] = [];
  for (const { repository, event } of eventsOf(hook.event, parts)) {
    const session = await parts.sessionIn(repository);
    if (session === undefined) continue;
    const { answer, delivered } = await guard(event, session);
    const { store, self } = session;
    // Most answers carry no mail, and the time alone is not worth a look at the branch.
    const at = delivered.length === 0 ? '' : await store.read((_view, nowMs) => instantOf(nowMs));
    answers.push({ answer, delivered: () => store.journals.delivered.note(self.name, delivered, at) });
    // What does not happen claims nothing in the next repository.
    if (answer.permission === 'refuse') break;
  }
  return {
    answer: answers.map(({ answer }) => answer).reduce(stricter, nothingToSay),
    delivered: () => {
      for (const { delivered } of answers) delivered();
    },
  };
}

function stricter(one: GuardAnswer, other: GuardAnswer): GuardAnswer {
  const order = ['as-usual', 'ask', 'refuse'] as const;
  const permission = order[Math.max(order.indexOf(one.permission), order.indexOf(other.permission))] ?? 'refuse';
  const both = (key: 'reason' | 'context' | 'goOn') => {
    const texts = [one[key], other[key]].filter((text) => text !== undefined);
    return texts.length === 0 ? {} : { [key]: texts.join('\n') };
  };
  return { permission, ...both('reason'), ...both('context'), ...both('goOn') };
}

interface RepositoryEvent {
  readonly repository: Repository;
  readonly event: SessionEvent;
}

/** The same event for each repository that it is about, with the paths from its top. */
function eventsOf(event: HookEvent, { cwd, env }: GuardingParts): RepositoryEvent[] {
  const find = (path: string) => guardedPaths(resolve(cwd, path), env);
  if (event.kind === 'before-edit') {
    return byRepository(event.paths.flatMap(find)).map(({ repository, paths }) => {
      return { repository, event: { ...event, paths } };
    });
  }
  if (event.kind !== 'before-shell') {
    // A folder is asked for by a name in it.
    const [here] = guardedPaths(resolve(cwd, '.intercom'), env);
    return here === undefined ? [] : [{ repository: here.repository, event }];
  }
  const { command, ...rest } = event;
  const isFolder = (path: string) => kindAt({ workTree: resolve(cwd, path) }, '.') === 'folder';
  const writes = shellWrites(command, isFolder);
  const places = writes.paths.flatMap(find);
  // The top of a work tree is found by what is in it.
  const below = (folder: string) =>
    find(join(folder, '.intercom')).map((each) => ({ ...each, path: folderOf(each.path) }));
  const swept = writes.sweeps.flatMap((path) => (isFolder(path) ? below(path) : find(path)));
  const asked = byRepository([...places, ...swept, ...find('.intercom')]);
  return asked.map(({ repository }) => ({
    repository,
    event: {
      ...rest,
      writes: { ...writes, paths: pathsIn(places, repository), sweeps: pathsIn(swept, repository) },
    },
  }));
}

function pathsIn(places: readonly GuardedPath[], repository: Repository): string[] {
  return places.filter((each) => each.repository.workTree === repository.workTree).map(({ path }) => path);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function byRepository(places: readonly GuardedPath[]) {
  const found = new Map<string, { readonly repository: Repository; readonly paths: string[] }>();
  for (const { repository, path } of places) {
    const key = String(repository.workTree);
    const known = found.get(key) ?? { repository, paths: [] };
    known.paths.push(path);
    found.set(key, known);
  }
  return [...found.values()];
}

/** By policy a failing guard may stop an edit instead; a policy that cannot be read is no reason to. */
function failed(thrown: unknown, event: HookEvent, cwd: string, env: NodeJS.ProcessEnv): GuardAnswer {
  const message = ended(oneLine(thrown instanceof Error ? thrown.message : String(thrown), 300));
  const next = thrown instanceof IntercomError ? ` ${thrown.next}` : ' Run git intercom doctor.';
  const isAsked = event.kind === 'before-edit' || event.kind === 'before-shell';
  if (isAsked && isStrict(cwd, env)) {
    return {
      permission: 'refuse',
      reason: `intercom: the guard failed, and the policy lets nothing through then: ${message}${next}`,
    };
  }
  return { ...nothingToSay, failure: `intercom: the guard failed and stops nothing: ${message}${next}` };
}

function isStrict(cwd: string, env: NodeJS.ProcessEnv): boolean {
  try {
    const [here] = guardedPaths(resolve(cwd, '.intercom'), env);
    return here !== undefined && readPolicy(here.repository).guard.broken === 'refuse';
  } catch {
    return false;
  }
}
