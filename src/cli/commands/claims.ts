/** The commands about claims. */

import { leaseLength } from '../../domain/claim/lease.ts';
import { isTypedId } from '../../domain/id.ts';
import { leaseSecondsMin, waitSecondsDefault } from '../../domain/limits.ts';
import { formatDuration } from '../../domain/time.ts';
import { checkEdit } from '../../operations/check-edit.ts';
import { claim, type Granted } from '../../operations/claim.ts';
import { claims } from '../../operations/claims.ts';
import { handoff } from '../../operations/handoff.ts';
import { notThere, toldNotThere } from '../../operations/not-there.ts';
import { release } from '../../operations/release.ts';
import { renew } from '../../operations/renew.ts';
import { type Calling, defineCommand } from '../command.ts';
import { noteUnknown } from '../note-unknown.ts';
import {
  renderClaims,
  renderGrant,
  renderHandedOver,
  renderReleased,
  renderRenewed,
  renderUnreadable,
} from '../render/claims.ts';
import { renderVerdict } from '../render/verdict.ts';
import { UsageError } from '../usage-error.ts';
import { allowSecret, type Words } from '../words.ts';

const claimCommand = defineCommand({
  name: 'claim',
  synopsis: '<path…>',
  summary: 'claim files, folders or patterns before you edit them',
  group: 'Claims',
  options: [
    { name: 'shared', summary: 'together with others who share; stops those who want it alone' },
    { name: 'for', value: 'D', summary: 'how long the lease runs: 90s, 30m, 2h (30m when absent)' },
    { name: 'why', value: 'TEXT', summary: 'what you are going to do; others are shown it' },
    { name: 'wait', value: 'D', optional: true, summary: 'stand in line when it is taken, for 10m or the time given' },
    { name: 'id', value: 'ID', summary: 'go on waiting for an earlier place in the queue' },
    { name: 'dry-run', summary: 'say what would happen, and claim nothing' },
    { name: 'key', value: 'KEY', summary: 'the same key again gets the first result' },
    allowSecret,
  ],
  notes: [
    "In a pattern ? and * stay within a name, ** crosses folders, {a,b} and [a-z] choose; put it into quotes: 'src/**/*.ts'. A folder means everything below it. port:5432 or deploy:staging claims something that is no file.",
    'A claim is refused when another agent holds an overlapping one: exit code 1, and the rivals in --json. A wait that runs out exits with 4 and keeps the place; claim --id goes on with it.',
  ],
  run: async (words, calling) => {
    const { session, signal, fromTop } = calling;
    const wait = words.duration('wait');
    const id = words.text('id');
    const paths = fromTop(words.positionals);
    if (paths.length === 0 && id === undefined)
      throw new UsageError('claim wants at least one path.', 'Run git intercom help claim.');
    const leaseSeconds = secondsOf(words, 'for');
    const answer = await claim.run(
      claim.input.parse({
        paths,
        mode: words.flag('shared') ? 'shared' : 'exclusive',
        why: words.text('why'),
        leaseSeconds,
        waitSeconds: wait === true || (wait === undefined && id !== undefined) ? waitSecondsDefault : wait,
        id,
        key: words.text('key'),
        dryRun: words.flag('dry-run'),
      }),
      session,
      signal,
    );
    if (answer.status === 'done' && answer.value.over) noteOver(calling);
    else if (answer.status === 'done') {
      noteNotThere(answer.value, calling);
      noteShortened(leaseSeconds, calling);
    }
    return answer;
  },
  render: (granted, telling) => renderGrant(granted, telling),
});

function noteOver({ terminal }: Calling): void {
  terminal.err(
    `${terminal.paint('yellow', 'note:')}  That is the first result of this key, and it is over. To claim again, use a new key or none.`,
  );
}

function noteNotThere({ claim }: Granted, { session, terminal }: Calling): void {
  const missing = notThere(claim.paths, session);
  if (missing.length > 0) terminal.err(`${terminal.paint('yellow', 'note:')}  ${toldNotThere(missing)}`);
}

/** The policy has a bound, and what is shorter than what was asked for is said. */
function noteShortened(askedSeconds: number | undefined, { session, terminal }: Calling): void {
  const mostSeconds = leaseLength(Number.MAX_SAFE_INTEGER, session.store.policy);
  if (askedSeconds === undefined || askedSeconds <= mostSeconds) return;
  terminal.err(
    `${terminal.paint('yellow', 'note:')}  A lease is at most ${formatDuration(mostSeconds)} here; renew keeps it.`,
  );
}

const claimsCommand = defineCommand({
  name: 'claims',
  synopsis: '',
  summary: 'who holds what, and who stands in line',
  group: 'Claims',
  options: [
    { name: 'path', value: 'P', summary: 'only what touches this path' },
    { name: 'agent', value: 'AGENT', summary: 'only of this agent' },
    { name: 'of', value: 'AGENT', summary: 'the same', hidden: true },
    { name: 'stale', summary: 'only claims whose lease is over' },
  ],
  notes: ['To ask as another agent, name it before the command: git intercom --agent NAME claims.'],
  run: async (words, calling) => {
    const [path] = calling.fromTop(words.text('path') === undefined ? [] : [words.text('path') as string]);
    const agent = words.text('agent') ?? words.text('of');
    const found = await claims.run({ path, agent, stale: words.flag('stale') }, calling.session);
    if (found.status === 'done' && found.value.claims.length + found.value.waiting.length === 0)
      await noteUnknown(agent, calling);
    return found;
  },
  render: ({ claims, waiting, unreadable = [] }, telling, words) => {
    const none = isNarrowed(words) ? 'No claim matches.' : undefined;
    const shown =
      unreadable.length > 0 && claims.length + waiting.length === 0
        ? []
        : [renderClaims(claims, waiting, telling, none)];
    return [...shown, ...unreadable.map((each) => renderUnreadable(each, telling))].join('\n');
  },
});

function isNarrowed(words: Words): boolean {
  return ['path', 'of', 'agent', 'stale'].some(words.flag);
}

const renewCommand = defineCommand({
  name: 'renew',
  synopsis: '[id or path…]',
  summary: 'begin the lease of your claims anew',
  group: 'Claims',
  options: [{ name: 'for', value: 'D', summary: 'with another lease than before' }],
  run: async (words, calling) => {
    const leaseSeconds = secondsOf(words, 'for');
    const answer = await renew.run({ references: references(words, calling.fromTop), leaseSeconds }, calling.session);
    if (answer.status === 'done') noteShortened(leaseSeconds, calling);
    return answer;
  },
  render: (result, telling) => renderRenewed(result.claims, telling),
});

const releaseCommand = defineCommand({
  name: 'release',
  synopsis: '[id or path…]',
  summary: 'give claims back; whoever waits is next',
  group: 'Claims',
  options: [
    { name: 'all', summary: 'everything that you hold and wait for' },
    { name: 'force', summary: "also another's, who is told; --why goes into the history" },
    { name: 'why', value: 'TEXT', summary: 'the reason; --force wants one' },
    allowSecret,
  ],
  run: (words, { session, fromTop }) => {
    const names = references(words, fromTop);
    const all = words.flag('all');
    if (names.length === 0 && !all)
      throw new UsageError('release wants an id, a path, or --all.', 'Run git intercom help release.');
    if (words.flag('force') && words.text('why') === undefined) {
      throw new UsageError(
        'release --force wants a reason: --why "…".',
        'The holder is shown it, and the history keeps it.',
      );
    }
    return release.run({ references: names, all, force: words.flag('force'), why: words.text('why') }, session);
  },
  render: ({ claims, left = [] }, telling) => renderReleased(claims, left, telling),
});

const handoffCommand = defineCommand({
  name: 'handoff',
  synopsis: '<agent> [id or path…]',
  summary: 'hand your claims to another agent',
  group: 'Claims',
  options: [{ name: 'why', value: 'TEXT', summary: 'what the other should know' }, allowSecret],
  run: (words, { session, fromTop }) => {
    const [to, ...rest] = words.positionals;
    if (to === undefined)
      throw new UsageError('handoff wants the name of an agent.', 'Run git intercom who to see the names.');
    return handoff.run({ to, references: fromTopUnlessId(rest, fromTop), why: words.text('why') }, session);
  },
  render: (result, telling) => renderHandedOver(result.claims, telling),
});

const checkEditCommand = defineCommand({
  name: 'check-edit',
  synopsis: '<path…>',
  summary: 'may I edit this? ours, free, or conflict (exit code 1)',
  group: 'Claims',
  options: [],
  notes: [
    'Free: nobody else holds it; claim it before you edit. A folder is in conflict when another holds anything below it. It asks only: nothing is written, so it can be asked often.',
  ],
  run: (words, { session, fromTop }) => {
    const paths = fromTop(words.positionals);
    if (paths.length === 0)
      throw new UsageError('check-edit wants at least one path.', 'Run git intercom help check-edit.');
    return checkEdit.run({ paths }, session);
  },
  render: (verdict, telling, { positionals }) => renderVerdict(verdict, telling, positionals),
  exitCode: ({ verdict }) => (verdict === 'conflict' ? 1 : 0),
});

export const claimCommands = [
  claimCommand,
  claimsCommand,
  renewCommand,
  releaseCommand,
  handoffCommand,
  checkEditCommand,
];

function references(words: Words, fromTop: (typed: readonly string[]) => string[]): string[] {
  return fromTopUnlessId(words.positionals, fromTop);
}

/** Ids are no paths, and must not be read from the folder where they were typed. */
function fromTopUnlessId(typed: readonly string[], fromTop: (typed: readonly string[]) => string[]): string[] {
  return typed.flatMap((each) => (isTypedId(each) ? [each] : fromTop([each])));
}

function secondsOf(words: Words, name: string): number | undefined {
  const seconds = words.duration(name);
  if (typeof seconds === 'number' && seconds < leaseSecondsMin) {
    throw new UsageError(`--${name} wants at least ${leaseSecondsMin}s.`, 'Such as 90s, 30m or 2h.');
  }
  return typeof seconds === 'number' ? seconds : undefined;
}
