/**
 * git-intercom in GitHub Copilot CLI. Written by "git intercom init", taken away by "git intercom remove".
 *
 * Begins a turn when mail comes for a session that is idle; all else is said by the hooks. Copilot loads extensions where
 * they were turned on (`/experimental on`), and ends them with the session.
 */
import { joinSession } from '@github/copilot-sdk/extension';
import { guardOf } from './guard.ts';
import { watchMail } from './mail-watch.ts';
import { Waking } from './waking.ts';

const session = await joinSession({});
const { sessionId } = session;
const cwd = process.cwd();
let isIdle = true;

// The hooks say what fails.
const guard = guardOf('copilot', () => undefined);
const waking = new Waking({
  isIdle: () => isIdle,
  unread: async () => (await guard('agentStop', { sessionId, cwd, stop_hook_active: false })).reason,
  beginTurn: (prompt) => session.send({ prompt }),
});

session.on('user.message', () => {
  isIdle = false;
  waking.noteTurn();
});
session.on('session.idle', () => {
  isIdle = true;
  waking.noteTurnEnd();
});
watchMail({
  cwd,
  env: { ...process.env, COPILOT_AGENT_SESSION_ID: sessionId },
  hear: (isForYou) => isForYou && waking.noteMail(),
});
