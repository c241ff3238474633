/** What scripts rely on: with --json one document on standard output, with these keys at least, and this exit code. */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../tooling/sources.ts';
import { type Ran, run, Scratch } from './scratch.ts';

/** Keys that must be there: by name, by name with what is in them, or of each of one or more in a list. */
type Shape = string | { readonly [key: string]: Shape } | readonly [Shape];

const claim = 'id agent paths mode why branch token since expires state';
const rival = 'id agent paths overlap why expires';
const message = 'id thread from to at subject text';
const escalation = 'id thread from to at about why subject text';
const mail = `${message} importance ackWanted kind delivered acknowledged`;
const agent =
  'uid name state activity status description tags repository cwd branch worktree harness model host lastSeen live claims';
const error = (data: Shape): Shape => ({ error: { code: '', message: '', next: '', data } });

const ran: Readonly<Record<string, readonly [who: string, argv: string, code: number, shape: Shape]>> = {
  init: ['ada', 'init', 0, 'branch remote harnesses hooks changed'],
  'init again': ['ada', 'init --no-remote --harness none --no-git-hooks --yes', 0, 'branch remote changed'],
  'send to all where nobody is': ['ada', 'send all hello', 0, { message }],
  claim: ['ada', 'claim src/auth.ts src/cart.ts --why split --key k', 0, { claim }],
  'claim with the same key': ['ada', 'claim src/auth.ts src/cart.ts --key k', 0, { claim }],
  'claim --dry-run': ['eve', 'claim docs --dry-run', 0, { claim }],
  'claim, refused': ['eve', 'claim src', 1, error({ rivals: [rival] })],
  'claim, waited in vain': [
    'eve',
    'claim src/auth.ts --wait 1s',
    4,
    { waiting: { id: '', ahead: '', rivals: [rival] } },
  ],
  claims: ['eve', 'claims', 0, { claims: [claim], waiting: ['id agent paths'] }],
  'check-edit, ours': ['ada', 'check-edit src/auth.ts', 0, 'verdict rivals'],
  'check-edit, conflict': ['eve', 'check-edit src/auth.ts', 1, { verdict: '', rivals: [rival] }],
  'release, not held': ['eve', 'release docs/never.md', 1, error('')],
  renew: ['ada', 'renew', 0, { claims: [claim] }],
  'who has changed it': [
    'eve',
    'who src/auth.ts',
    0,
    { agents: [agent], paths: [{ path: '', claims: [claim], waiting: ['id'], landing: '', changes: ['worktree'] }] },
  ],
  handoff: ['ada', 'handoff eve src/cart.ts', 0, { claims: [claim] }],
  'release --force': ['ada', 'release src/cart.ts --force --why lost', 0, { claims: [claim] }],
  release: ['ada', 'release --all', 0, { claims: [claim] }],
  status: ['ada', 'status splitting --state busy --describe docs --tags a,b', 0, { agent }],
  'status, asked': ['ada', 'status', 0, { agent }],
  who: ['ada', 'who', 0, { agents: [agent] }],
  send: ['ada', 'send eve hello --subject S --thread plan --ack --importance high', 0, { message }],
  'send, unknown': ['ada', 'send evee hello', 1, error('nearest')],
  peek: ['eve', 'peek', 0, { unread: '', messages: [mail], pendingAsks: '', escalations: '' }],
  escalate: ['eve', 'escalate help? --why stuck', 0, { escalation }],
  escalations: ['ada', 'escalations', 0, { escalations: [escalation] }],
  'escalate, unknown': ['eve', 'escalate 1kjpwda', 1, error('id')],
  thread: ['ada', 'thread plan', 0, { messages: [message] }],
  search: ['ada', 'search hello', 0, { hits: [message] }],
  'reply, ambiguous': ['eve', 'reply yes', 1, error({ unread: ['id from subject'] })],
  ack: ['eve', 'ack --all', 0, 'acknowledged'],
  'reply, nothing': ['eve', 'reply yes', 1, error('')],
  'send once more': ['eve', 'send ada hello', 0, { message }],
  log: ['eve', 'log', 0, { entries: ['oid at agent op id summary'] }],
  gc: ['eve', 'gc', 0, 'removed objects bytes'],
  'doctor, found something': ['eve', 'doctor', 0, 'ok findings'],
  help: ['eve', 'help', 0, { commands: ['name synopsis summary options'] }],
  'help of one': ['eve', 'help claim', 0, { command: { name: '', options: ['name value summary'] } }],
  version: ['eve', '--version', 0, 'version'],
  'wrong usage': ['eve', 'claim', 2, error('')],
  'no such command': ['eve', 'clam', 2, error('')],
  'no such folder': ['eve', 'who -C missing', 3, error('')],
};

const command = `${root}dist/bin.cjs`;
const scratch = new Scratch();
const answers = new Map<string, Ran>();

function intercom(who: string, ...argv: string[]): Promise<Ran> {
  return run(process.execPath, [command, ...argv, '--json'], scratch.repo, scratch.env(who));
}

beforeAll(async () => {
  writeFileSync(join(scratch.repo, 'src/auth.ts'), 'changed\n');
  for (const [name, [who, argv]] of Object.entries(ran)) answers.set(name, await intercom(who, ...argv.split(' ')));
});
afterAll(() => scratch.remove());

test.each(Object.entries(ran))('%s', (name, [, , code, shape]) => {
  const answer = answers.get(name) as Ran;
  expect(answer).toMatchObject({ code });
  expect(answer.stdout).toMatch(/^\{.*\}\n$/);
  expect(missing(shape, JSON.parse(answer.stdout))).toEqual([]);
  // A "no" is told to people as well; beside an answer there are notes at most.
  const no = 'error' in JSON.parse(answer.stdout) || code === 4;
  expect(answer.stderr).toMatch(no ? /^(error|pending): .*\nnext: .*\n$/ : /^(note: .*\n)*$/);
});

test('the same key is the same claim, and a second init changes nothing', () => {
  const json = (name: string) => JSON.parse((answers.get(name) as Ran).stdout);
  expect(json('claim with the same key').claim.id).toBe(json('claim').claim.id);
  expect(json('init').changed).toEqual(['.intercom/config.yaml', 'refs/heads/intercom']);
  expect(json('init again')).toMatchObject({ branch: 'intercom', remote: null, changed: [] });
  expect(json('claim').claim).toMatchObject({ mode: 'exclusive', state: 'confirmed', agent: 'ada', token: '1.1' });
});

test('receipts and a reply, by the id that send answers', async () => {
  const sent = JSON.parse((answers.get('send once more') as Ran).stdout).message.id;
  const receipts = await intercom('eve', 'receipts', sent);
  expect(missing('delivered acknowledged', JSON.parse(receipts.stdout))).toEqual([]);
  const reply = await intercom('ada', 'reply', sent, 'yes');
  expect(reply.code).toBe(0);
  expect(missing({ message }, JSON.parse(reply.stdout))).toEqual([]);
  const after = await intercom('eve', 'receipts', sent);
  expect(JSON.parse(after.stdout).acknowledged).toEqual([{ agent: 'ada', at: '2026-03-02T09:00:00.000Z' }]);
});

test('a stream is one document a line, until it is interrupted', async () => {
  const child = spawn(process.execPath, [command, 'log', '--follow', '--limit', '1', '--json'], {
    cwd: scratch.repo,
    env: scratch.env('ada'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  let text = '';
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (part) => {
      text += part;
      if (text.includes('\n')) resolve();
    });
  });
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  const documents = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(documents).toHaveLength(1);
  expect(missing('oid at agent op id summary', documents[0])).toEqual([]);
});

test('the package is what it says it is', () => {
  const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  expect(JSON.parse((answers.get('version') as Ran).stdout)).toEqual({ version });
});

/** Where a key of the shape is missing, or a list of which something is said is empty. */
function missing(shape: Shape, value: unknown, at = ''): string[] {
  if (Array.isArray(shape)) {
    if (!Array.isArray(value) || value.length === 0) return [`${at}: no list with something in it`];
    return value.flatMap((each, n) => missing(shape[0], each, `${at}[${n}]`));
  }
  const keys = typeof shape === 'string' ? shape.split(' ').filter((key) => key !== '') : Object.keys(shape);
  const known = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return keys.flatMap((key) => {
    if (known[key] === undefined) return [`${at}.${key}`];
    return typeof shape === 'string'
      ? []
      : missing((shape as Record<string, Shape>)[key] as Shape, known[key], `${at}.${key}`);
  });
}
