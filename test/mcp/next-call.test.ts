import { expect, test } from 'vitest';
import { nextCall } from '../../src/mcp/next-call.ts';

const core = ['who', 'claim', 'release', 'send', 'ask', 'reply', 'peek', 'ack', 'status'];
const told = (next: string, tools = core) => nextCall(next, (tool) => tools.includes(tool));

test.each([
  [
    'Run git intercom claim src/a.ts docs --wait to stand in line, or git intercom send ada "…", or claim another path.',
    'Call the tool claim with paths src/a.ts docs and wait_seconds to stand in line, or the tool send to ada, or claim another path.',
  ],
  [
    "Run git intercom claim 'src/**' --wait to stand in line, or claim another path.",
    "Call the tool claim with paths 'src/**' and wait_seconds to stand in line, or claim another path.",
  ],
  [
    'Ask with git intercom send ada "…", or take it with git intercom release src/a.ts --force --why "…".',
    'Ask with the tool send to ada, or take it with the tool release with paths src/a.ts, force and why.',
  ],
  [
    'Near: ada. Run git intercom who to see the names, or send to all.',
    'Near: ada. Call the tool who to see the names, or send to all.',
  ],
  ['Run git intercom claims to see what is held.', 'Call the tool who to see what is held.'],
  [
    'Who is in it invites: git intercom send eve "Please invite me."',
    'Who is in it invites: the tool send to eve with text "Please invite me."',
  ],
  ['Run git intercom peek to see the ids.', 'Call the tool peek to see the ids.'],
  ['Name the id: git intercom reply <id> "…".', 'Name the id: the tool reply with its id.'],
  ['Name an id, or use git intercom send.', 'Name an id, or call the tool send.'],
])('%s', (next, call) => {
  expect(told(next)).toBe(call);
});

test('the folder of the command is the one that the server was started in', () => {
  expect(told('Run git init, or pass the folder of a repository with -C.')).toBe(
    'Run git init, or have the server started in the folder of a repository.',
  );
  expect(told('Pass the folder of a repository with -C.')).toBe(
    'Have the server started in the folder of a repository.',
  );
});

test('what no tool does stays a command, and so does what the client was not shown', () => {
  const next = 'Run git intercom doctor --fix to set it aside.';
  expect(told(next)).toBe(next);
  expect(told('Run git intercom escalate "…".')).toBe('Run git intercom escalate "…".');
  expect(told('Run git intercom escalate "…".', [...core, 'escalate'])).toBe('Call the tool escalate with a text.');
});
