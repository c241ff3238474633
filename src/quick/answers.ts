/**
 * The quick answers: `check-edit` and `peek` are asked before each edit and between an agent's steps. They are read
 * from the projection with nothing but node's own modules loaded. Whatever is not plain (an option that is not known
 * here, a stale projection, a policy that names another branch) is left to the whole command, which answers the same.
 */
import { fstatSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathFromTop, realFolder } from '../cli/path-from-top.ts';
import { renderPeek } from '../cli/render/asks.ts';
import { renderVerdict } from '../cli/render/verdict.ts';
import { paintFor, type Terminal } from '../cli/terminal.ts';
import { nameFrom, whyNoName } from '../domain/agent/name.ts';
import { shownAsk } from '../domain/ask/present.ts';
import { isLive, isOurs, verdictOn } from '../domain/claim/verdict.ts';
import { shownEscalation } from '../domain/escalation/present.ts';
import { listLimitDefault, listLimitMax } from '../domain/limits.ts';
import { choose } from '../domain/message/choose.ts';
import { hasGlob } from '../domain/pattern/escape.ts';
import { isResource } from '../domain/pattern/resource.ts';
import { plainly } from '../domain/plainly.ts';
import { defaultPolicy } from '../domain/policy.ts';
import { safeJson } from '../domain/text.ts';
import { instantOf, msOf, parseDuration } from '../domain/time.ts';
import { sessionInEnvironment } from '../harness/detect.ts';
import { type GitConfig, ownConfigTexts, parseConfig } from '../store/git/config.ts';
import { kindAt } from '../store/git/kind-at.ts';
import { locateNow, type Repository } from '../store/git/locate.ts';
import { readRefFile } from '../store/git/ref-files.ts';
import { samePathHere } from '../store/git/same-path.ts';
import { throughLinks } from '../store/git/through-links.ts';
import { personUid } from '../store/local/person.ts';
import { testClock } from '../store/local/test-seams.ts';
import { hasRemote, isInHub, plainPolicyLines } from '../store/plain-policy.ts';
import type { HeldLine } from '../store/projection/claims-lines.ts';
import { DeliveredJournal } from '../store/projection/delivered-journal.ts';
import { lastSynced, ownEndsIn } from '../store/projection/own-ends.ts';
import {
  certainSelf,
  hasSecretRooms,
  heldNear,
  isFresh,
  type NamedSelf,
  openAsksOf,
  openEscalationsFor,
  projectionOf,
  unreadMail,
  withNames,
} from '../store/projection/read.ts';
import { SignatureMemo } from '../store/projection/signature-memo.ts';

interface Asked {
  readonly command: 'check-edit' | 'peek';
  readonly paths: readonly string[];
  readonly cwd: string;
  readonly agent: string | undefined;
  readonly isJson: boolean;
  readonly limit: number;
  readonly mark: boolean;
  readonly urgent: boolean;
}

/** The exit code when the question was answered; undefined to go the long way, with nothing printed yet. */
export function answerQuickly(argv: readonly string[], env: NodeJS.ProcessEnv, cwd: string): number | undefined {
  const asked = parse(argv, cwd);
  if (asked === undefined) return undefined;
  try {
    const repository = locateNow({ cwd: asked.cwd, env });
    const dir = projectionOf(repository);
    const policy = plainPolicyLines(repository);
    if (repository.refFormat !== 'files' || policy === undefined) return undefined;
    const inHub = isInHub(policy);
    if (inHub && !isPlainInHub(asked, env)) return undefined;
    const tip = readRefFile(repository.commonDir, `refs/heads/${defaultPolicy.branch}`);
    if (hasRemote(policy) && lastSynced(repository.commonDir, defaultPolicy.branch) === null) return undefined;
    const known = selfOf(asked.agent, repository, env);
    if (tip === null || known === undefined || !isFresh(dir, tip, inHub)) return undefined;
    const self = certainSelf(dir, known);
    if (self === undefined) return undefined;
    const nowMs = (testClock(env) ?? Date.now)();
    const answer = asked.command === 'peek' ? answerPeek : answerCheckEdit;
    return answer({
      asked,
      repository,
      dir,
      tip,
      self,
      nowMs,
      inHub,
      driftSeconds: driftIn(policy),
      isSigning: policy.includes('sign: true'),
      terminal: terminal(env),
    });
  } catch {
    return undefined;
  }
}

/** Mail and a name that was given may be a namesake's, and a path with a colon another repository's. */
function isPlainInHub({ command, paths, agent }: Asked, env: NodeJS.ProcessEnv): boolean {
  const isNamed = (agent ?? env.INTERCOM_AGENT ?? '') !== '';
  return command === 'check-edit' && !isNamed && !paths.some((path) => path.includes(':'));
}

interface Question {
  readonly asked: Asked;
  readonly repository: Repository;
  readonly dir: string;
  readonly tip: string;
  readonly self: { readonly name: string; readonly uid: string | undefined; readonly isPerson: boolean };
  readonly nowMs: number;
  readonly inHub: boolean;
  readonly driftSeconds: number;
  readonly isSigning: boolean;
  readonly terminal: Terminal;
}

function answerCheckEdit({
  asked,
  repository,
  dir,
  tip,
  self,
  nowMs,
  inHub,
  driftSeconds,
  terminal,
}: Question): number | undefined {
  const sameHere = (absolute: string) => samePathHere(repository, absolute);
  const typed = asked.paths.map((path) => pathFromTop(path, asked.cwd, repository.workTree, sameHere));
  const paths = typed.flatMap((path) => (isResource(path) ? [path] : throughLinks(repository, path)));
  // What a glob may be about lies in all the files of the projection; `.` is one, too.
  const isGlob = (path: string) => !isResource(path) && hasGlob(path) && kindAt(repository, path) === undefined;
  if (paths.length === 0 || paths.some(isGlob)) return undefined;
  const lines = heldNear(dir, paths, repository);
  const held = lines.map(({ seenMs: _seenMs, leaseSeconds: _leaseSeconds, why, branch, ...rest }) => ({
    ...rest,
    why,
    branch,
  }));
  // Made anew while it was read, it may have looked empty.
  if (!isFresh(dir, tip, inHub)) return undefined;
  const isFolder = (path: string) => kindAt(repository, path) === 'folder';
  const found = verdictOn(paths, held, self, { nowMs, ignoreCase: repository.ignoreCase, isFolder, isTyped: true });
  if (found.verdict === 'ours' && !isSure(lines, tip, { dir, self, repository, nowMs, driftSeconds })) return undefined;
  const verdict = withNames(dir, found, self.name);
  terminal.out(asked.isJson ? safeJson(verdict) : renderVerdict(plainly(verdict), { terminal, nowMs }, asked.paths));
  return verdict.verdict === 'conflict' ? 1 : 0;
}

/** Whether the authority knows each own claim to last, as far as the projection tells. */
function isSure(
  lines: readonly HeldLine[],
  tip: string,
  {
    dir,
    self,
    repository,
    nowMs,
    driftSeconds,
  }: Pick<Question, 'dir' | 'self' | 'repository' | 'nowMs' | 'driftSeconds'>,
): boolean {
  const synced = lastSynced(repository.commonDir, defaultPolicy.branch);
  const ends = ownEndsIn(dir, { tip, synced }, driftSeconds);
  const own = lines.filter((line) => isOurs(line, self) && isLive(line, nowMs));
  return ends !== undefined && own.every((line) => ends(line) > nowMs);
}

function driftIn(policy: readonly string[]): number {
  const line = policy.find((each) => each.trim().startsWith('drift: '));
  return parseDuration(line?.trim().slice('drift: '.length) ?? '') ?? defaultPolicy.clockDriftSeconds;
}

function answerPeek({ asked, repository, dir, self, nowMs, isSigning, terminal }: Question): number | undefined {
  const journal = new DeliveredJournal(join(repository.commonDir, 'intercom'));
  const pending = new Map(journal.pending(self.name).map(({ id, at }) => [id, at]));
  const unread = unreadMail(dir, self.name).filter(({ expires }) => expires === null || msOf(expires) > nowMs);
  // Only the whole command has the keys.
  if (hasSecretRooms(dir) || unread.some(({ sealed }) => sealed !== undefined)) return undefined;
  const chosen = choose(unread, asked).map((mail) => ({
    ...mail,
    delivered: mail.delivered ?? pending.get(mail.id) ?? null,
  }));
  const memo = new SignatureMemo(join(repository.commonDir, 'intercom'));
  const messages = isSigning && !memo.isThere ? undefined : memo.on(chosen, nowMs);
  // Git has to be asked whose they are.
  if (messages === undefined) return undefined;
  const raised = openEscalationsFor(dir, { name: self.name, isPerson: self.isPerson });
  const open = [...openAsksOf(dir, self.name, nowMs), ...raised.map(({ message }) => message)];
  const signed = open.some(({ sealed }) => sealed !== undefined) ? undefined : memo.on(open, nowMs);
  if (signed === undefined) return undefined;
  const asks = signed.slice(0, open.length - raised.length);
  const escalations = signed.slice(asks.length);
  const result = {
    unread: unread.length,
    messages,
    pendingAsks: asks.map(shownAsk),
    escalations: escalations.map((message, n) => shownEscalation(message, raised[n]?.to ?? message.to)),
  };
  terminal.out(asked.isJson ? safeJson(result) : renderPeek(plainly(result), { terminal, nowMs, self: self.name }));
  const fresh = messages.filter(({ delivered }) => delivered === null).map(({ id }) => id);
  if (asked.mark) journal.note(self.name, fresh, instantOf(nowMs));
  return 0;
}

/** Only the plain words; undefined for everything else, for the whole command to judge. */
function parse(argv: readonly string[], cwd: string): Asked | undefined {
  const words: string[] = [];
  const values: Record<string, string> = {};
  for (let n = 0; n < argv.length; n++) {
    const word = argv[n] as string;
    // Of an option that is not global nobody knows before the command whether the next word is its value.
    if (word === '-C' || word === '--agent' || (word === '--limit' && words.length > 0)) {
      const value = argv[++n];
      if (value === undefined || value === '') return undefined;
      values[word] = value;
    } else if (word === '--json' || word === '--no-mark' || word === '--urgent') values[word] = word;
    else if (word.startsWith('-')) return undefined;
    else words.push(word);
  }
  const [command, ...paths] = words;
  if (command !== 'check-edit' && command !== 'peek') return undefined;
  if (command === 'peek' ? paths.length > 0 : (values['--limit'] ?? values['--no-mark'] ?? values['--urgent']))
    return undefined;
  const limit = Number(values['--limit'] ?? listLimitDefault);
  if (!/^\d+$/.test(values['--limit'] ?? '1') || limit < 1 || limit > listLimitMax) return undefined;
  return {
    command,
    paths,
    cwd: realFolder(resolve(cwd, values['-C'] ?? '.')),
    agent: values['--agent'],
    isJson: values['--json'] !== undefined,
    limit,
    mark: values['--no-mark'] === undefined,
    urgent: values['--urgent'] !== undefined,
  };
}

function selfOf(
  agent: string | undefined,
  repository: Repository,
  env: NodeJS.ProcessEnv,
): (Question['self'] & NamedSelf) | undefined {
  const named = agent ?? (env.INTERCOM_AGENT || undefined);
  if (named !== undefined)
    return whyNoName(named) === undefined
      ? { name: named, uid: undefined, given: { home: personUid(env) }, isPerson: false }
      : undefined;
  if (sessionInEnvironment(env) !== undefined) return undefined; // Its name stands on the branch.
  const name = nameFrom(ownUserName(repository.config) ?? globalUserName(env) ?? '');
  return name === undefined ? undefined : { name, uid: personUid(env), isPerson: true };
}

/** Of the repository itself; the empty text, which is no name, where other files of it may give one. */
function ownUserName(config: GitConfig): string | undefined {
  const hasMore = [...config.keys()].some((key) => key.startsWith('include') || key === 'extensions.worktreeconfig');
  return config.get('user.name') ?? (hasMore ? '' : undefined);
}

/** Of the person's own configuration, when it includes no other file. */
function globalUserName(env: NodeJS.ProcessEnv): string | undefined {
  const texts = ownConfigTexts(env);
  if (texts.some((text) => /^\s*\[include/m.test(text))) return undefined;
  return texts.map((text) => parseConfig(text).get('user.name')).findLast((name) => name !== undefined);
}

/** Written at once: loading node's streams costs more than the answer. */
function terminal(env: NodeJS.ProcessEnv): Terminal {
  const isInteractive = isTerminal();
  return {
    out: (text) => writeSync(1, `${text}\n`),
    err: (text) => writeSync(2, `${text}\n`),
    isInteractive,
    // Neither answer is cut, in a window or not.
    columns: Number.POSITIVE_INFINITY,
    rows: 50,
    paint: paintFor(isInteractive, env),
  };
}

/** node:tty brings the sockets and streams of node with it; a pipe or a file is known to be no terminal without it. */
function isTerminal(): boolean {
  try {
    return fstatSync(1).isCharacterDevice() && process.getBuiltinModule('node:tty').isatty(1);
  } catch {
    return false;
  }
}
