import { expect, test } from 'vitest';
import { shownRemote, unreachedBy } from '../../../src/store/sync/said.ts';

const asked = { remote: 'origin', branch: 'intercom', deadlineMs: 10_000 };

function said(stderr: string, stdout = '', code = 128) {
  return unreachedBy({ code, stdout: Buffer.from(stdout), isCut: false, stderr }, asked);
}

/** Word for word what git 2.39 and the servers print. */
test.each([
  [
    'a protected branch',
    '',
    '!\tx:refs/heads/intercom\t[remote rejected] (protected branch hook declined)\nDone\n',
    'forbidden',
    /does not accept pushes/,
  ],
  [
    'an update hook that says no',
    '',
    '!\tx:refs/heads/intercom\t[remote rejected] (hook declined)\nDone\n',
    'forbidden',
    /does not accept pushes/,
  ],
  [
    'HTTP 403',
    "fatal: unable to access 'http://x/': The requested URL returned error: 403\n",
    '',
    'forbidden',
    /may not push/,
  ],
  [
    'a daemon that only reads',
    'fatal: remote error: access denied or repository not exported: /x.git\n',
    '',
    'forbidden',
    /may not push/,
  ],
  [
    'GitHub without rights',
    'ERROR: Permission to a/b.git denied to c.\nfatal: Could not read from remote repository.\n',
    '',
    'forbidden',
    /may not push/,
  ],
  [
    'no password',
    "fatal: could not read Username for 'http://x': terminal prompts disabled\n",
    '',
    'forbidden',
    /no credentials/,
  ],
  [
    'an ssh key that is not known',
    'git@x: Permission denied (publickey).\nfatal: Could not read from remote repository.\n',
    '',
    'forbidden',
    /no credentials/,
  ],
  [
    'no such repository',
    "fatal: '/x.git' does not appear to be a git repository\nfatal: Could not read from remote repository.\n",
    '',
    'offline',
    /no repository at/,
  ],
  [
    'no such host',
    "fatal: unable to access 'https://x/': Could not resolve host: x\n",
    '',
    'offline',
    /cannot be reached/,
  ],
  [
    'a refused connection',
    'ssh: connect to host x port 22: Connection refused\nfatal: Could not read from remote repository.\n',
    '',
    'offline',
    /cannot be reached/,
  ],
] as const)('%s is told as what it is', (_what, stderr, stdout, status, why) => {
  const unreached = said(stderr, stdout);
  expect(unreached.status).toBe(status);
  expect(unreached.why).toMatch(why);
  expect(unreached.why).toContain('git says: ');
  expect(unreached.next).not.toBe('');
});

/** Word for word what git prints of a push that was refused: a hook on a disk, GitHub, and a hook that says nothing. */
test.each([
  [
    "remote: No pushes to intercom, ask ops.        \nerror: failed to push some refs to '/srv/o.git'\n",
    'To /srv/o.git\n!\tx:refs/heads/intercom\t[remote rejected] (pre-receive hook declined)\nDone\n',
    'git says: No pushes to intercom, ask ops.',
  ],
  [
    'remote: Resolving deltas: 100% (1/1), done.        \nremote: \nremote: error: GH006: Protected branch update failed for refs/heads/intercom.        \nerror: failed to push some refs\n',
    '!\tx:refs/heads/intercom\t[remote rejected] (protected branch hook declined)\nDone\n',
    'git says: GH006: Protected branch update failed for refs/heads/intercom.',
  ],
  [
    "error: failed to push some refs to '/srv/o.git'\n",
    '!\tx:refs/heads/intercom\t[remote rejected] (pre-receive hook declined)\nDone\n',
    'git says: pre-receive hook declined.',
  ],
])('of a push that was refused the reason of the remote is told', (stderr, stdout, told) => {
  const { why } = said(stderr, stdout, 1);
  expect(why).toBe(`The remote origin does not accept pushes to the branch intercom. ${told}`);
});

test('a call that took too long, and a git that is not there, are told without a word of git', () => {
  expect(said('', '', 124).why).toBe('The remote origin did not answer within 10s.');
  expect(said('spawn git ENOENT', '', 127).why).toBe('git is not installed here, so origin cannot be reached.');
});

test('a password in a URL is shown to nobody', () => {
  expect(shownRemote('https://ada:secret@example.org/x.git')).toBe('https://example.org/x.git');
  expect(shownRemote('git@example.org:x.git')).toBe('git@example.org:x.git');
  const { why } = unreachedBy(
    {
      code: 128,
      stdout: Buffer.from(''),
      isCut: false,
      stderr: "fatal: unable to access 'https://ada:secret@example.org/x.git/': no\n",
    },
    { ...asked, remote: 'https://ada:secret@example.org/x.git' },
  );
  expect(why).not.toContain('secret');
});
