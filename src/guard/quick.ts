/**
 * Hooks that can be answered from the projection, with nothing but node's own modules: an edit that nothing stands
 * against or that is refused, a look for mail. What is to be written (a first claim, a renewal), or is not known here, is
 * left to the whole command, which answers the same.
 */
import { readFileSync, writeSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { isLive } from '../domain/claim/verdict.ts';
import { editStep } from '../domain/guard/edit.ts';
import { type GuardAnswer, nothingToSay } from '../domain/guard/event.ts';
import { isWorthTelling, toldMail } from '../domain/guard/mail.ts';
import { ownedByOthers } from '../domain/guard/owners.ts';
import { type Stop, stop, stopForOwners } from '../domain/guard/stop.ts';
import { instantOf, msOf } from '../domain/time.ts';
import type { Hook, HookEvent, HookInput } from '../harness/harness.ts';
import { harnessNamed } from '../harness/index.ts';
import { kindAt } from '../store/git/kind-at.ts';
import type { Repository } from '../store/git/locate.ts';
import { readRefFile } from '../store/git/ref-files.ts';
import { testClock } from '../store/local/test-seams.ts';
import { WarnedJournal } from '../store/local/warned-journal.ts';
import { DeliveredJournal } from '../store/projection/delivered-journal.ts';
import { Gate, type GateAgent } from '../store/projection/gate.ts';
import { lastSynced, ownEndsIn } from '../store/projection/own-ends.ts';
import {
  certainSelf,
  hasSecretRooms,
  heldNear,
  isFresh,
  namedRivals,
  projectionOf,
  unreadMail,
} from '../store/projection/read.ts';
import { SignatureMemo } from '../store/projection/signature-memo.ts';
import { guardedPaths } from './paths.ts';

/** The exit code; or undefined to go the long way, with nothing written yet. */
export function answerHookQuickly(
  argv: readonly string[],
  text: string,
  { env, cwd }: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): number | undefined {
  const [, harnessName = '', event = '', ...more] = argv;
  const harness = harnessNamed(harnessName);
  if (harness === undefined || more.length > 0) return undefined;
  if (env.INTERCOM_SKIP === '1') return 0;
  try {
    const hook = harness.read(event, JSON.parse(text) as HookInput);
    if (hook === undefined) return 0;
    const answered = env.INTERCOM_AGENT ? undefined : answer(hook, harnessName, { env, cwd: hook.cwd ?? cwd });
    if (answered === undefined) return undefined;
    const { stdout, stderr, exitCode } = harness.answer(event, answered.answer);
    if (stdout !== '') writeSync(1, `${stdout}\n`);
    if (stderr !== '') writeSync(2, `${stderr}\n`);
    answered.after();
    return exitCode;
  } catch {
    return undefined;
  }
}

interface Answered {
  readonly answer: GuardAnswer;
  /** What is noted when the answer has been written. */
  readonly after: () => void;
}

interface Where {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

const silent: Answered = { answer: nothingToSay, after: () => {} };

function answer(hook: Hook, harness: string, where: Where): Answered | undefined {
  const { event } = hook;
  if (event.kind === 'session-start' || event.kind === 'session-end') return undefined;
  const asked = event.kind === 'before-edit' ? event.paths : ['.intercom'];
  const env = withoutGit(where.env);
  const places = asked.flatMap((path) => guardedPaths(resolve(where.cwd, path), env));
  const [first] = places;
  if (first === undefined) return silent;
  const { repository } = first;
  if (places.some((place) => place.repository.workTree !== repository.workTree)) return undefined;
  if (isNowhereOpen(repository)) return silent;
  const gate = Gate.of(repository.commonDir, harness, hook.session ?? hook.gateKey);
  const agent = gate?.agent(repository);
  if (gate === undefined || agent === undefined || repository.refFormat !== 'files') return undefined;
  const looking = lookingAt(repository, { gate, agent, nowMs: (testClock(env) ?? Date.now)() });
  if (looking === undefined) return undefined;
  if (event.kind === 'before-edit') {
    const paths = [...new Set(places.map(({ path }) => path))];
    return answerEdit(
      paths,
      asked.map((path) => resolve(where.cwd, path)),
      looking,
    );
  }
  return event.kind === 'before-shell' || event.kind === 'after-shell' ? undefined : answerMail(event, looking);
}

interface Looking {
  readonly repository: Repository;
  readonly dir: string;
  readonly tip: string;
  readonly gate: Gate;
  readonly agent: GateAgent;
  readonly nowMs: number;
  readonly journal: WarnedJournal;
}

/** Undefined where the projection does not stand for the tip. */
function lookingAt(
  repository: Repository,
  { gate, agent, nowMs }: Pick<Looking, 'gate' | 'agent' | 'nowMs'>,
): Looking | undefined {
  const dir = projectionOf(repository);
  const tip = readRefFile(repository.commonDir, `refs/heads/${agent.policy.branch}`);
  if (tip === null || !isFresh(dir, tip, agent.policy.hub !== null)) return undefined;
  if (certainSelf(dir, agent) === undefined) return undefined;
  return { repository, dir, tip, gate, agent, nowMs, journal: new WarnedJournal(dirname(dir)) };
}

/** Neither used here yet nor brought along by a clone. Another branch than the usual one is known by its policy file. */
function isNowhereOpen({ commonDir, workTree }: Repository): boolean {
  const has = (...names: string[]) => kindAt({ workTree: commonDir }, join(...names)) !== undefined;
  if (has('intercom') || kindAt({ workTree }, '.intercom/config.yaml') !== undefined) return false;
  return ['refs/heads/intercom', 'refs/remotes/origin/intercom'].every((ref) => readRefFile(commonDir, ref) === null);
}

function answerEdit(paths: readonly string[], named: readonly string[], looking: Looking): Answered | undefined {
  const judged = judge(paths, looking);
  if (judged?.stop !== undefined) {
    const { answer, warnings } = judged.stop;
    return { answer, after: () => warnings.length > 0 && looking.journal.note(looking.agent.name, warnings) };
  }
  if (judged?.isSilent !== true) return undefined;
  // Looked at again, from an instant on that can be noted: what is noted must not be older than the look.
  const note = looking.gate.look();
  const again = judge(paths, looking);
  if (again?.isSilent !== true) return undefined;
  const { untilMs } = again;
  return { answer: nothingToSay, after: () => note({ paths: plainOnes(named, paths, looking.repository), untilMs }) };
}

interface Judged {
  readonly stop?: Stop;
  /** Nothing is to be said, and nothing to be written, until then. */
  readonly isSilent: boolean;
  readonly untilMs: number;
}

/** Undefined where the projection was made anew meanwhile: it may have looked empty. */
function judge(paths: readonly string[], { repository, dir, tip, agent, nowMs, journal }: Looking): Judged | undefined {
  const held = heldNear(dir, paths, repository);
  if (!isFresh(dir, tip, agent.policy.hub !== null)) return undefined;
  const { leaseSeconds, guard: policy, owners } = agent.policy;
  const isFolder = (path: string) => kindAt(repository, path) === 'folder';
  const world = { nowMs, ignoreCase: repository.ignoreCase, isFolder };
  const own = held.filter((claim) => claim.uid === agent.uid && isLive(claim, nowMs));
  const tips = () => ({ tip, synced: lastSynced(repository.commonDir, agent.policy.branch) });
  const ownEnds = own.length === 0 ? undefined : ownEndsIn(dir, tips(), agent.policy.clockDriftSeconds);
  // The lease of one's own is no more what others know: that is told, and written, the long way.
  if (own.length > 0 && (ownEnds === undefined || own.some((claim) => ownEnds(claim) <= nowMs))) return undefined;
  const step = editStep({ paths, held, self: agent, policy, leaseSeconds }, world);
  const warned = () => journal.of(agent.name);
  const ends = held.filter(({ uid }) => uid === agent.uid).map(({ expires }) => msOf(expires ?? instantOf(nowMs)));
  const sureMs = own.map((claim) => ownEnds?.(claim) ?? nowMs);
  const untilMs = Math.min(nowMs + leaseSeconds * 500, ...ends.map((end) => end - leaseSeconds * 500), ...sureMs);
  if ('rivals' in step) {
    const stopped = stop(step.step, namedRivals(dir, step.rivals, agent.name), { nowMs, warned });
    const isLetThrough = stopped.answer.permission === 'as-usual';
    return isLetThrough ? { isSilent: false, untilMs } : { stop: stopped, isSilent: false, untilMs };
  }
  const forOwners = stopForOwners(ownedByOthers(paths, owners, agent, world), warned);
  return forOwners === undefined
    ? { isSilent: step.step === 'nothing', untilMs }
    : { stop: forOwners, isSilent: false, untilMs };
}

/** Those that the gate finds by their text alone: no link on the way, and a disk that tells upper from lower case. */
function plainOnes(named: readonly string[], paths: readonly string[], { workTree, ignoreCase }: Repository): string[] {
  if (workTree === null || ignoreCase || named.length !== paths.length) return [];
  return named.filter((path) => isAbsolute(path) && paths.includes(relative(workTree, path)));
}

function answerMail(event: HookEvent, looking: Looking): Answered | undefined {
  const { dir, gate, agent, nowMs, repository } = looking;
  const note = gate.look();
  const journal = new DeliveredJournal(dirname(dir));
  const pending = new Set(journal.pending(agent.name).map(({ id }) => id));
  const fresh = unreadMail(dir, agent.name).filter(
    ({ id, delivered, expires }) =>
      delivered === null && !pending.has(id) && (expires === null || msOf(expires) > nowMs),
  );
  // Only the whole command has the keys.
  if (hasSecretRooms(dir) || fresh.some(({ sealed }) => sealed !== undefined)) return undefined;
  const isAtEnd = event.kind === 'turn-end';
  const slot = isAtEnd && event.isGoingOn ? 'urgent' : event.kind === 'prompt' ? 'prompt' : 'between-steps';
  const told = slot === 'urgent' ? fresh.filter(({ importance }) => importance === 'urgent') : fresh;
  const heard = () => note({ heard: true, untilMs: nowMs + agent.policy.leaseSeconds * 500 });
  if (!isWorthTelling(told, slot)) return { answer: nothingToSay, after: heard };
  const signed = new SignatureMemo(dirname(dir)).on(told, nowMs);
  if (signed === undefined) return undefined;
  const { text, ids } = toldMail(signed, { nowMs });
  return {
    answer: { ...nothingToSay, ...(isAtEnd ? { goOn: text } : { context: text }) },
    after: () => new DeliveredJournal(join(repository.commonDir, 'intercom')).note(agent.name, ids, instantOf(nowMs)),
  };
}

/** Of the process that started us, which may have been a hook of git itself. */
function withoutGit(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isGits = (name: string) => name.startsWith('GIT_');
  if (!Object.keys(env).some(isGits)) return env;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isGits(name)));
}

/** Once, for whoever answers in the end. */
export function readHookInput(): string {
  try {
    return readFileSync(0, 'utf8');
  } catch {
    return '';
  }
}
