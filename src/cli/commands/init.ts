/** Opening coordination on a repository, and connecting the harnesses of this machine. */
import { join } from 'node:path';
import { shownRepository } from '../../domain/hub/readable.ts';
import { done } from '../../operations/answer.ts';
import { repositoriesOf } from '../../operations/hub.ts';
import { init, suggestRemote } from '../../operations/init.ts';
import { joinHub } from '../../operations/join-hub.ts';
import type { Session } from '../../operations/session.ts';
import type { Answers, MachineSetup } from '../../setup/port.ts';
import { agentsLines } from '../agents-lines.ts';
import type { FreeCalling, FreeCommand } from '../command.ts';
import { type InitResult, renderInit } from '../render/setup.ts';
import { UsageError } from '../usage-error.ts';
import type { Words } from '../words.ts';

type Result = InitResult | { readonly instructions: string };

export function initCommand(openSetup: () => MachineSetup): FreeCommand<Result> {
  return {
    name: 'init',
    synopsis: '',
    summary: 'open coordination here, and connect the harnesses',
    group: 'Set-up',
    options: [
      { name: 'harness', value: 'NAMES', summary: 'connect these, or all, or none; asked for unless given' },
      { name: 'git-hooks', summary: 'check commits and pushes; where a harness is connected that is so anyway' },
      { name: 'no-git-hooks', summary: 'leave the hooks of the repository alone' },
      { name: 'remote', value: 'R', summary: 'share claims and messages by this git remote; asked for unless given' },
      { name: 'no-remote', summary: 'coordinate in this clone and its worktrees alone' },
      {
        name: 'hub',
        value: 'H',
        summary: 'share them with other repositories: a path, a URL or a name',
      },
      { name: 'no-hub', summary: 'leave the hub' },
      { name: 'dry-run', summary: 'show what would change, and change nothing' },
      { name: 'yes', short: 'y', summary: 'do not ask: connect what is there, and let agents call its tools' },
      { name: 'print-instructions', summary: 'print the lines for an AGENTS.md, and do nothing else' },
    ],
    notes: [
      'Harnesses: claude-code, codex, opencode, pi, gemini, copilot, cursor. For them only files of the user are changed, none of the project; git intercom remove puts every one of them back.',
    ],
    runFree: (words, calling) => run(words, calling, openSetup),
    render: (result, terminal) => ('instructions' in result ? result.instructions : renderInit(result, terminal)),
  };
}

async function run(words: Words, calling: FreeCalling, openSetup: () => MachineSetup) {
  if (words.flag('print-instructions')) return done<Result>({ instructions: agentsLines });
  const typed = typedRemote(words);
  const hub = typedHub(words);
  const session = await calling.openSession();
  try {
    const setup = openSetup();
    const remote = hub ? { remote: typed } : await remoteOf(typed, words, session, setup, calling);
    const answers = await answersOf(words, setup, calling);
    const connected = await connect(words, session, setup, { ...answers, ...remote, hub });
    return words.flag('dry-run') ? connected : await withRemote(connected, calling);
  } finally {
    await session.store.close();
  }
}

async function connect(
  words: Words,
  session: Session,
  setup: MachineSetup,
  { note, remote, remoteNote, hub, ...answers }: Answers & RemoteAnswer & Hubbed & { readonly note?: string },
) {
  const isRehearsal = words.flag('dry-run');
  const { commonDir, workTree } = session.store.place;
  const opened = await init.run({ dryRun: isRehearsal, remote, hub }, session);
  if (opened.status !== 'done') throw new Error('init is done or fails');
  const policy = opened.value.changed.find((path) => path.endsWith('.yaml'));
  const policyFile = policy !== undefined && workTree !== null && !isRehearsal ? join(workTree, policy) : undefined;
  const gitHooks = words.flag('git-hooks') ? true : words.flag('no-git-hooks') ? false : undefined;
  const { policyBefore, hubFolder } = opened.value;
  const where = { commonDir, workTree, policyFile, policyBefore, hubFolder };
  const report = setup.apply({ ...answers, ...where, gitHooks, isRehearsal });
  return done<Result>({
    ...{ branch: opened.value.branch, remote: opened.value.remote },
    ...{ hub: opened.value.hub, repository: opened.value.repository },
    ...report,
    notes: [...report.notes, ...[note, remoteNote].filter((each) => each !== undefined)],
    changed: [...opened.value.changed, ...report.changed],
    opened: opened.value.changed,
    dryRun: isRehearsal,
  });
}

interface Hubbed {
  /** As `init` takes it. */
  readonly hub: string | null | undefined;
}

function typedHub(words: Words): string | null | undefined {
  const hub = words.text('hub');
  if (hub !== undefined && (words.flag('remote') || words.flag('no-hub'))) {
    const other = words.flag('no-hub') ? '--no-hub' : '--remote';
    throw new UsageError(
      `--hub and ${other} cannot both be meant: the hub is the remote.`,
      'Run git intercom help init.',
    );
  }
  return words.flag('no-hub') ? null : hub;
}

/**
 * The first exchange: whether the remote lets this clone share, said while somebody is looking. In a hub the repository is
 * registered along with the agent: the others can name it from then on.
 */
async function withRemote(connected: Awaited<ReturnType<typeof connect>>, { openSession }: FreeCalling) {
  if (connected.status !== 'done' || 'instructions' in connected.value) return connected;
  const session = await openSession();
  try {
    const before = await session.sync?.exchange();
    const own = session.store.place.repository;
    const refused = own === null ? [] : await joined(session);
    const after = refused.length > 0 || own === null ? before : await session.sync?.exchange();
    const repository = own === null ? null : shownRepository(own, await repositoriesOf(session));
    const value = { ...connected.value, repository, refused: [...connected.value.refused, ...refused] };
    if (session.sync === undefined || after === undefined) return done<Result>(value);
    const note =
      after.unreached === undefined
        ? `Claims and messages are shared by the ${value.hub === null ? 'remote' : 'hub'} ${session.sync.remote}.`
        : `${after.unreached.why} ${after.unreached.next}`;
    return done<Result>({ ...value, notes: [...value.notes, note] });
  } finally {
    await session.store.close();
  }
}

async function joined(session: Session): Promise<InitResult['refused']> {
  const answer = await joinHub.run({}, session);
  if (answer.status !== 'refused') return [];
  const { message, next } = answer.refusal;
  return [{ what: message, next }];
}

interface RemoteAnswer {
  /** As `init` takes it. */
  readonly remote: string | null | undefined;
  readonly remoteNote?: string;
}

function typedRemote(words: Words): string | null | undefined {
  const remote = words.text('remote');
  if (!words.flag('no-remote')) return remote;
  if (remote === undefined) return null;
  throw new UsageError('--remote and --no-remote cannot both be meant.', 'Run git intercom help init.');
}

/** Asked once: the policy keeps a yes, and a no is what it says already. */
async function remoteOf(
  typed: string | null | undefined,
  words: Words,
  session: Session,
  setup: MachineSetup,
  { terminal, isJson }: FreeCalling,
): Promise<RemoteAnswer> {
  const suggested = typed === undefined ? await suggestRemote(session) : undefined;
  if (suggested === undefined || suggested.isShared) return { remote: typed };
  const { name } = suggested;
  const mayAsk = !words.flag('yes') && !isJson && terminal.isInteractive && process.stdin.isTTY === true;
  const question = `Share claims and messages with other clones, by the remote ${name}?`;
  if (mayAsk && (await setup.confirm(question))) return { remote: name };
  const remoteNote = `Claims are this clone's alone. To share them with others: git intercom init --remote ${name}`;
  return { remote: undefined, remoteNote };
}

/** What is typed counts; else the person is asked, where there is one. */
async function answersOf(
  words: Words,
  setup: MachineSetup,
  { terminal, isJson }: FreeCalling,
): Promise<Answers & { readonly note?: string }> {
  const wanted = wantedOf(words, setup);
  if (words.flag('yes')) return { harnesses: wanted ?? setup.detect().map(({ name }) => name), mayCallTools: true };
  if (wanted?.length === 0) return { harnesses: [], mayCallTools: false };
  if (!isJson && terminal.isInteractive && process.stdin.isTTY) {
    const answers = await setup.ask(setup.detect(), wanted);
    if (answers !== undefined) return answers;
    throw new UsageError('Nothing was changed: the question had no answer.', 'Run git intercom init --harness none.');
  }
  const note =
    wanted === undefined
      ? 'No harness was connected, for nobody can be asked here: add --yes, or name them with --harness.'
      : 'Agents go on asking before they call a tool, for nobody can be asked here: add --yes to allow it.';
  return { harnesses: wanted ?? [], mayCallTools: false, note };
}

function wantedOf(words: Words, setup: MachineSetup): readonly string[] | undefined {
  const typed = words.texts('harness');
  if (typed.length === 0) return undefined;
  if (typed.includes('none')) return [];
  if (typed.includes('all')) return setup.detect().map(({ name }) => name);
  const unknown = typed.find((name) => !setup.names.includes(name));
  if (unknown === undefined) return typed;
  throw new UsageError(
    `There is no harness ${JSON.stringify(unknown)} that can be connected.`,
    `Use ${setup.names.join(', ')}, all or none.`,
  );
}
