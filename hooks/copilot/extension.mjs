/**
 * git-intercom in GitHub Copilot CLI. Written by "git intercom init", taken away by "git intercom remove".
 *
 * Begins a turn when mail comes for a session that is idle; all else is said by the hooks. Copilot loads extensions where
 * they were turned on (`/experimental on`), and ends them with the session.
 */
import { spawn } from 'node:child_process';
import { joinSession } from '@github/copilot-sdk/extension';

const launcher = '@LAUNCHER@';
const answerMsMax = 5000;

/** Notices that an agent is woken for. Others it hears when it works. */
const waking = new Set(['message', 'asked', 'answered', 'offered', 'handed-over']);
/** So many turns in a row come at once that no person began; then each waits twice as long, at most a minute. */
const turnsAtOnce = 5;

const session = await joinSession({});
const { sessionId } = session;
const cwd = process.cwd();
let isIdle = true;
let isOurTurn = false;
let hasMail = false;
let turnsOfOurs = 0;
let timer;

session.on('user.message', () => {
  isIdle = false;
  clearTimeout(timer);
  if (!isOurTurn) turnsOfOurs = 0;
  isOurTurn = false;
});
session.on('session.idle', () => {
  isIdle = true;
  if (hasMail) wakeInTime();
});
watch();

/** One line for each notice. The shell ends the watch when its stdin does, which is when this process is gone. */
function watch() {
  const script = '"$0" watch --json & cat > /dev/null; kill $!';
  const env = { ...process.env, COPILOT_AGENT_SESSION_ID: sessionId };
  const child = spawn('sh', ['-c', script, launcher], { cwd, env, stdio: ['pipe', 'pipe', 'ignore'] });
  let rest = '';
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', (bytes) => {
    const lines = (rest + bytes).split('\n');
    rest = lines.pop();
    lines.forEach(hear);
  });
}

function hear(line) {
  const { forYou, kind } = JSON.parse(line);
  if (!forYou || !waking.has(kind)) return;
  hasMail = true;
  if (isIdle) wakeInTime();
}

/** Two agents that answer each other without end are slowed down; a person's word begins anew. */
function wakeInTime() {
  const waits = turnsOfOurs < turnsAtOnce ? 0 : Math.min(2 ** (turnsOfOurs - turnsAtOnce), 60);
  clearTimeout(timer);
  timer = setTimeout(wake, waits * 1000);
}

/** With what the guard says at the end of a turn. The hooks may have brought it meanwhile: then it says nothing. */
async function wake() {
  if (!isIdle || isOurTurn) return;
  isOurTurn = true;
  hasMail = false;
  const { reason } = await atTurnEnd();
  if (reason === undefined) {
    isOurTurn = false;
    // It came while the guard was asked, which may not have seen it.
    if (hasMail) wakeInTime();
    return;
  }
  turnsOfOurs += 1;
  await session.send({ prompt: reason }).catch(() => {
    isOurTurn = false;
  });
}

/** Never rejects: nothing where the guard is late or gone. */
function atTurnEnd() {
  return new Promise((resolve) => {
    const child = spawn(launcher, ['hook', 'copilot', 'agentStop'], { cwd, stdio: ['pipe', 'pipe', 'ignore'] });
    const deadline = setTimeout(() => child.kill(), answerMsMax);
    const out = [];
    child.on('error', () => resolve({}));
    child.on('close', () => {
      clearTimeout(deadline);
      try {
        resolve(JSON.parse(Buffer.concat(out).toString()));
      } catch {
        resolve({});
      }
    });
    child.stdout.on('data', (bytes) => out.push(bytes));
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify({ sessionId, cwd, stop_hook_active: false }));
  });
}
