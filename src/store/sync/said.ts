/** What git said when a remote was not reached, as a sentence and a way on. Its words are English: LC_ALL is C. */
import { ended, oneLine } from '../../domain/text.ts';
import type { GitAnswer } from '../git/run.ts';
import type { Unreached } from './transport.ts';

interface Asked {
  readonly remote: string;
  readonly branch: string;
  readonly deadlineMs: number;
}

/** Exit codes of run.ts. */
const missingCode = 127;
const lateCode = 124;

export function unreachedBy({ code, stdout, stderr }: GitAnswer, { remote, branch, deadlineMs }: Asked): Unreached {
  const place = shownRemote(remote);
  if (code === lateCode) {
    const why = `The remote ${place} did not answer within ${Math.round(deadlineMs / 1000)}s.`;
    return { status: 'offline', why, next: 'It is tried again; git intercom sync tries now.' };
  }
  if (code === missingCode) {
    return {
      status: 'offline',
      why: `git is not installed here, so ${place} cannot be reached.`,
      next: 'Install git.',
    };
  }
  const said = `${stdout.toString('utf8')}\n${stderr}`;
  for (const { sign, status, why, next } of signs) {
    if (sign.test(said)) return { status, why: `${why(place, branch)}${quoted(said)}`, next: next(place, branch) };
  }
  return {
    status: 'offline',
    why: `The remote ${place} cannot be reached.${quoted(said)}`,
    next: 'Claims are provisional until it answers; git intercom sync tries again.',
  };
}

interface Sign {
  readonly sign: RegExp;
  readonly status: Unreached['status'];
  readonly why: (place: string, branch: string) => string;
  readonly next: (place: string, branch: string) => string;
}

/** The first that fits counts, so what is said of the branch comes before what is said of the connection. */
const signs: readonly Sign[] = [
  {
    sign: /protected branch|hook declined|prohibited|deny updating|branch is currently checked out|GH0\d\d|GL-HOOK-ERR/i,
    status: 'forbidden',
    why: (place, branch) => `The remote ${place} does not accept pushes to the branch ${branch}.`,
    next: (_, branch) =>
      `Allow pushes to ${branch} there, or set another name with branch: in .intercom/config.yaml. Until then coordination works in this clone alone.`,
  },
  {
    sign: /does not appear to be a git repository|No such remote/i,
    status: 'offline',
    why: (place) => `There is no repository at the remote ${place}.`,
    next: () => 'Run git remote -v, and name the right one with git intercom init --remote <name>.',
  },
  {
    sign: /permission to .* denied|The requested URL returned error: 403|access denied|service not enabled|not authori[sz]ed|write access|read-only|repository not exported/i,
    status: 'forbidden',
    why: (place, branch) => `You may not push the branch ${branch} to the remote ${place}.`,
    next: () =>
      'Ask for push rights, or name a remote that you may push to with git intercom init --remote <name>. Until then coordination works in this clone alone.',
  },
  {
    sign: /could not read (Username|Password)|Authentication failed|Permission denied \(|Host key verification failed|error: 401|terminal prompts disabled/i,
    status: 'forbidden',
    why: (place) => `The remote ${place} wants to know who you are, and git has no credentials for it.`,
    next: () => 'Run git fetch by hand once, so that git learns them.',
  },
];

/** The line that matters most, as git said it. */
function quoted(said: string): string {
  const lines = withoutPasswords(said)
    .split('\n')
    .map((line) => line.trim());
  const line =
    reasonOf(lines) ??
    lines.find((each) => /^(fatal|error|remote: error|remote: fatal):/.test(each)) ??
    lines.find(Boolean);
  return line === undefined ? '' : ` git says: ${ended(oneLine(line.replace(/^(fatal|error): /, ''), 160))}`;
}

/** Of a push that was refused: what the other side's hook wrote, or else what git has for it in parentheses. */
function reasonOf(lines: readonly string[]): string | undefined {
  const refused = lines.map((line) => /^!\s.*\[(?:remote )?rejected\] \((.+)\)$/.exec(line)?.[1]).find(Boolean);
  if (refused === undefined) return undefined;
  const written = lines.map((line) => /^remote: (.*)$/.exec(line)?.[1]?.trim() ?? '').filter((text) => text !== '');
  const reasons = written.filter((text) => !/^[A-Z][a-z]+ing \w+: +\d+% /.test(text));
  return reasons.find((text) => /^(error|fatal): /.test(text)) ?? reasons[0] ?? refused;
}

/** Without a password that stands in a URL. */
export function shownRemote(remote: string): string {
  return withoutPasswords(remote);
}

function withoutPasswords(text: string): string {
  return text.replace(/([a-z+]+:\/\/)[^/@\s]*@/gi, '$1');
}
