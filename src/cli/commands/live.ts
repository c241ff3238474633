/** The commands that go on showing: `start`, which also opens the coordination, and `watch`. */
import { IntercomError } from '../../domain/failure.ts';
import { plainly } from '../../domain/plainly.ts';
import { plainText, safeJson } from '../../domain/text.ts';
import { done } from '../../operations/answer.ts';
import { type Overview, overview } from '../../operations/overview.ts';
import { watch } from '../../operations/watch.ts';
import { type Calling, defineCommand } from '../command.ts';
import { showLive } from '../live.ts';
import { renderOverview } from '../render/overview.ts';
import { UsageError } from '../usage-error.ts';

const startCommand = defineCommand({
  name: 'start',
  synopsis: '[repository]',
  summary: 'open coordination where it is not open, then watch',
  group: 'People and agents',
  options: [],
  notes: [
    'Creates the branch, writes nothing into the work tree, and shows agents, claims and messages until Ctrl-C.\nWhere the output is no terminal it prints the state once.',
  ],
  directory: (words) => words.positionals[0],
  run: async ({ positionals }, calling) => {
    if (positionals.length > 1) throw new UsageError('start takes one repository.', 'Run git intercom help start.');
    await meetRemote(calling);
    await open(calling);
    return look(calling);
  },
  render: (state, telling) => renderOverview(state, telling),
});

const watchCommand = defineCommand({
  name: 'watch',
  synopsis: '',
  summary: 'agents, claims and messages, live',
  group: 'People and agents',
  options: [],
  notes: [
    'With --json: one notice per line, as things happen. Where the output is no terminal it prints the state once.',
  ],
  run: async (_words, calling) => {
    if (!calling.isJson) return look(calling);
    for await (const notice of watch(calling.session, calling.signal)) calling.terminal.out(safeJson(notice));
    return done(undefined);
  },
  render: (state, telling) => renderOverview(state, telling),
});

/** Whoever comes to a team finds its branch. Later the process in the background keeps it fresh. */
async function meetRemote({ session: { sync }, terminal }: Calling): Promise<void> {
  if (sync === undefined || (await sync.hasFetched())) return;
  try {
    const { unreached } = await sync.exchange();
    if (unreached === undefined) return;
    terminal.err(`${terminal.paint('yellow', 'note:')}  ${plainText(`${unreached.why} ${unreached.next}`)}`);
  } catch (thrown) {
    if (!(thrown instanceof IntercomError) || thrown.code !== 'read-only') throw thrown;
  }
}

/** Where nothing can be recorded, what is there already is shown all the same. */
async function open({ session, terminal }: Calling): Promise<void> {
  try {
    await session.upkeep.openBranch();
  } catch (thrown) {
    if (!(thrown instanceof IntercomError) || thrown.code !== 'read-only') throw thrown;
    if ((await session.store.locateBranch()) === null) throw thrown;
    terminal.err(`${terminal.paint('yellow', 'note:')}  ${thrown.message}`);
  }
}

/** Live until the signal where somebody looks at a screen; else the state, once. */
async function look(calling: Calling) {
  const { session, terminal, signal, isJson } = calling;
  const draw = async () => {
    const answer = await overview.run({ messages: 5, events: 8 }, session);
    if (answer.status !== 'done') throw new Error('an operation that reads refuses nothing');
    return answer.value;
  };
  if (isJson || !terminal.isInteractive) return done<Overview | undefined>(await draw());
  await showLive(session, terminal, signal, async () => {
    const nowMs = await session.store.read((_view, nowMs) => nowMs);
    return renderOverview(plainly(await draw()), { terminal, nowMs, self: session.self.name });
  });
  return done<Overview | undefined>(undefined);
}

export const liveCommands = [startCommand, watchCommand];
