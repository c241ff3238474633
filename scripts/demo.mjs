/**
 * A scene with the real command: two agents in two linked worktrees of a scratch repository claim, are refused, wait,
 * talk; a third is killed; and at the end git tells it all. `npm run demo`; nothing stays behind.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../dist/bin.cjs', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'git-intercom-demo-'));
const main = join(scratch, 'shop');
const fox = join(scratch, 'shop-fox');
const isColoured = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code, text) => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);

// Node 20 starts twice as slowly with extra certificates, and GIT_* would lead out of the scratch repository.
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => name !== 'NODE_EXTRA_CA_CERTS' && !name.startsWith('GIT_')),
);
// What set-up notes about repositories goes with the scratch folder, and no harness is touched.
env.XDG_DATA_HOME = join(scratch, 'data');
if (isColoured) env.FORCE_COLOR = '1';

/** The agents' sessions: processes whose end means that the agent is gone. */
const sessions = new Map();

function scene(title) {
  console.log(`\n${paint(1, `— ${title}`)}`);
}

function environmentOf(agent) {
  const pid = sessions.get(agent)?.pid;
  return { ...env, INTERCOM_AGENT: agent, ...(pid === undefined ? {} : { INTERCOM_PID: String(pid) }) };
}

function git(dir, ...args) {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: dir, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout.trimEnd();
}

function type(agent, words) {
  const shown = words.map((word) => (/^[\w./@:-]+$/.test(word) ? word : `'${word}'`)).join(' ');
  console.log(`${paint(36, `${agent}$`)} git intercom ${shown}`);
}

function say(text) {
  const lines = text.trimEnd();
  if (lines !== '') console.log(lines);
}

/** Runs the command and checks that it ends as the scene says. */
function run(agent, dir, words, expected = 0) {
  type(agent, words);
  const options = { cwd: dir, env: environmentOf(agent), encoding: 'utf8' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words], options);
  say(stdout + stderr);
  if (status !== expected) throw new Error(`this ended with ${status}, and not with ${expected}`);
  return stdout;
}

/** Starts the command and goes on; `ended` tells its words when it is done. */
function start(agent, dir, words) {
  type(agent, words);
  const child = spawn(process.execPath, [command, ...words], { cwd: dir, env: environmentOf(agent) });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += part));
  const ended = new Promise((resolve) => child.on('close', (code) => resolve({ code, text })));
  return { ended };
}

function openSession(agent) {
  sessions.set(agent, spawn(process.execPath, ['-e', 'setInterval(() => {}, 60_000)'], { stdio: 'ignore', env }));
}

function ask(agent, words) {
  const options = { cwd: main, env: environmentOf(agent), encoding: 'utf8' };
  return JSON.parse(spawnSync(process.execPath, [command, ...words, '--json'], options).stdout);
}

function unreadOf(agent) {
  return ask(agent, ['peek', '--no-mark']).messages[0].id.slice(-7);
}

async function untilSomebodyWaits() {
  while (ask('ada', ['claims']).waiting.length === 0);
}

async function play() {
  scene('A repository with two linked worktrees; ada works in one, bold-fox in the other');
  git(scratch, 'init', '--quiet', '--initial-branch=main', main);
  git(main, 'config', 'user.name', 'Demo');
  git(main, 'config', 'user.email', 'demo@example.invalid');
  mkdirSync(join(main, 'src'));
  for (const name of ['auth.ts', 'cart.ts']) writeFileSync(join(main, 'src', name), `// ${name}\n`);
  git(main, 'add', '.');
  git(main, 'commit', '--quiet', '--message=Start');
  git(main, 'worktree', 'add', '--quiet', '-b', 'sessions', fox);
  for (const agent of ['ada', 'bold-fox', 'cedar']) openSession(agent);
  run('ada', main, ['init', '--harness', 'none']);

  scene('ada claims a file; bold-fox wants it too and is told why not');
  run('ada', main, ['claim', 'src/auth.ts', '--why', 'split the login']);
  run('bold-fox', fox, ['check-edit', 'src/auth.ts'], 1);
  run('bold-fox', fox, ['claim', 'src/**', '--why', 'sessions in a cookie'], 1);
  run('bold-fox', fox, ['who', 'src/auth.ts']);

  scene('They talk, and the message stays until it is acknowledged');
  run('bold-fox', fox, ['send', 'ada', 'I need the session code in auth.ts. How long?', '--ack']);
  run('ada', main, ['peek']);
  run('ada', main, ['reply', unreadOf('ada'), 'Two minutes; stand in line.']);
  run('bold-fox', fox, ['peek']);
  run('bold-fox', fox, ['ack', '--all']);

  scene('bold-fox stands in line, and is granted the file when ada lets go');
  const wait = start('bold-fox', fox, ['claim', 'src/auth.ts', '--wait', '1m', '--why', 'sessions in a cookie']);
  await untilSomebodyWaits();
  run('ada', main, ['release', '--all']);
  const { code, text } = await wait.ended;
  say(`${paint(36, 'bold-fox:')} ${text}`);
  if (code !== 0) throw new Error(`the wait ended with ${code}`);

  scene('cedar claims a file for three seconds and is killed; when the lease is over, ada gets it');
  run('cedar', fox, ['claim', 'src/cart.ts', '--for', '3s', '--why', 'prices in cents']);
  sessions.get('cedar').kill('SIGKILL');
  const lapse = start('ada', main, ['claim', 'src/cart.ts', '--wait', '30s', '--why', 'prices in cents']);
  const after = await lapse.ended;
  say(after.text);
  if (after.code !== 0) throw new Error(`the wait ended with ${after.code}`);

  scene('What happened, by git itself');
  console.log(`${paint(36, '$')} git log --format='%h %s' intercom`);
  say(git(main, 'log', '--format=%h %s', 'intercom'));
  run('ada', main, ['doctor']);
}

try {
  await play();
  console.log(`\nYour own repository: npm start -- <path>, or node ${join(dirname(command), 'bin.cjs')} help.`);
} finally {
  for (const session of sessions.values()) session.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
}
